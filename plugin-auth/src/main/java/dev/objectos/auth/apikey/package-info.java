/** Keys by which programs call, and the service accounts that have nothing else. */
@NullMarked
package dev.objectos.auth.apikey;

import org.jspecify.annotations.NullMarked;
