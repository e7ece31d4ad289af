/** Tells clients of changes to the records that they may see, as they happen. */
@NullMarked
package dev.objectos.server.realtime;

import org.jspecify.annotations.NullMarked;
