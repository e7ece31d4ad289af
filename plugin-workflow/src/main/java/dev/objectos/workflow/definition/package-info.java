/** Workflows as their files say: read, checked and compiled. */
@NullMarked
package dev.objectos.workflow.definition;

import org.jspecify.annotations.NullMarked;
