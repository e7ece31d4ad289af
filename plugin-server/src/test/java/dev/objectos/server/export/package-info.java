/** Tests of files of records. */
@NullMarked
package dev.objectos.server.export;

import org.jspecify.annotations.NullMarked;
