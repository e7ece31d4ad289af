/** Plugin manifests, discovery and life cycle. */
@NullMarked
package dev.objectos.runtime.plugin;

import org.jspecify.annotations.NullMarked;
