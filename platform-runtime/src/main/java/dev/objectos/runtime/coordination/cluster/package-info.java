/** Coordination over the platform's database: its tables are the truth, notices make it quick. */
@NullMarked
package dev.objectos.runtime.coordination.cluster;

import org.jspecify.annotations.NullMarked;
