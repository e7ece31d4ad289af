@NullMarked
package dev.objectos.workflow;

import org.jspecify.annotations.NullMarked;
