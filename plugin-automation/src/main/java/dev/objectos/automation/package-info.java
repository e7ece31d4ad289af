/** What happens because of a change: triggers, jobs and hooks. */
@NullMarked
package dev.objectos.automation;

import org.jspecify.annotations.NullMarked;
