/** The model of business objects: immutable definitions and the catalog that holds them. */
@NullMarked
package dev.objectos.runtime.metadata;

import org.jspecify.annotations.NullMarked;
