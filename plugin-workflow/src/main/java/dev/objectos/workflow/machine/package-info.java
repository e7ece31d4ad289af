/** Compiled workflows as Spring state machines. */
@NullMarked
package dev.objectos.workflow.machine;

import org.jspecify.annotations.NullMarked;
