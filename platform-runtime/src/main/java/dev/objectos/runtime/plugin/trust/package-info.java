/** Packages of plugins as verified values: what is in a file, who signed it, and whether that counts. */
@NullMarked
package dev.objectos.runtime.plugin.trust;

import org.jspecify.annotations.NullMarked;
