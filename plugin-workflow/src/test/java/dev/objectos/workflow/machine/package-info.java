@NullMarked
package dev.objectos.workflow.machine;

import org.jspecify.annotations.NullMarked;
