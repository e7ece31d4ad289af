@NullMarked
package dev.objectos.runtime.storage.file;

import org.jspecify.annotations.NullMarked;
