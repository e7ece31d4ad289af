/** The endpoints of files. */
@NullMarked
package dev.objectos.server.file;

import org.jspecify.annotations.NullMarked;
