/** What happens around a change: state machines that records run through, with guards, history and effects. */
@NullMarked
package dev.objectos.workflow;

import org.jspecify.annotations.NullMarked;
