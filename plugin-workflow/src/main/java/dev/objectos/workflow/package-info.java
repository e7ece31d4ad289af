/** What happens around a change: state machines, guards and approvals. */
@NullMarked
package dev.objectos.workflow;

import org.jspecify.annotations.NullMarked;
