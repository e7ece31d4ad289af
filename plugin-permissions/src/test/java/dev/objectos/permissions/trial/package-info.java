/** Tests of tests. */
@NullMarked
package dev.objectos.permissions.trial;

import org.jspecify.annotations.NullMarked;
