/** Workflows as pictures; the same definition always gives the same text. */
@NullMarked
package dev.objectos.workflow.diagram;

import org.jspecify.annotations.NullMarked;
