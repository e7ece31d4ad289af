/** Who did it: what a change to a record was, who made it, when and from where. */
@NullMarked
package dev.objectos.audit;

import org.jspecify.annotations.NullMarked;
