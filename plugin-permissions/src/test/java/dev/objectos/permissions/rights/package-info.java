/** What holders of sets may do. */
@NullMarked
package dev.objectos.permissions.rights;

import org.jspecify.annotations.NullMarked;
