/** May they: rights on objects, fields and records. */
@NullMarked
package dev.objectos.permissions;

import org.jspecify.annotations.NullMarked;
