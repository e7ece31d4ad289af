/** Tenants, and what each has decided about itself. */
@NullMarked
package dev.objectos.auth.tenant;

import org.jspecify.annotations.NullMarked;
