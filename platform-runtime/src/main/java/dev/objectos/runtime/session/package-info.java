/** Who is acting, in which tenant, and on whose behalf. */
@NullMarked
package dev.objectos.runtime.session;

import org.jspecify.annotations.NullMarked;
