@NullMarked
package dev.objectos.workflow.diagram;

import org.jspecify.annotations.NullMarked;
