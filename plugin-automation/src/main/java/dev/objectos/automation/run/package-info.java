/** Triggers at work: inside a change, and because of it. */
@NullMarked
package dev.objectos.automation.run;

import org.jspecify.annotations.NullMarked;
