/** How many requests are served for whom. */
@NullMarked
package dev.objectos.auth.limit;

import org.jspecify.annotations.NullMarked;
