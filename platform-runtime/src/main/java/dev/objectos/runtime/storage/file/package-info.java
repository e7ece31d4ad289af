/** Files in a folder, what is known of them in the database, and who may read them. */
@NullMarked
package dev.objectos.runtime.storage.file;

import org.jspecify.annotations.NullMarked;
