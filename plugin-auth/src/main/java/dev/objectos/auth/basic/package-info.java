/** The password in the header of each request, for programs that know nothing else. */
@NullMarked
package dev.objectos.auth.basic;

import org.jspecify.annotations.NullMarked;
