@NullMarked
package dev.objectos.workflow.definition;

import org.jspecify.annotations.NullMarked;
