/** Events that leave a change, and their delivery. */
@NullMarked
package dev.objectos.runtime.event;

import org.jspecify.annotations.NullMarked;
