/** What a plugin says of itself: the manifest, versions and ranges of versions. */
@NullMarked
package dev.objectos.runtime.plugin.manifest;

import org.jspecify.annotations.NullMarked;
