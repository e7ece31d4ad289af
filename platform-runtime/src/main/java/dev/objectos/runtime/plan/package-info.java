/** Resolves names, adds the tenant and permission predicates, and refuses what may not be done. */
@NullMarked
package dev.objectos.runtime.plan;

import org.jspecify.annotations.NullMarked;
