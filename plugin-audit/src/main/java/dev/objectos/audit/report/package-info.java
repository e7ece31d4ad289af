/** What the trail says about many entries together, and how all of it is taken elsewhere. */
@NullMarked
package dev.objectos.audit.report;

import org.jspecify.annotations.NullMarked;
