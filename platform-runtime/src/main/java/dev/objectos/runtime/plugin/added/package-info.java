/** Plugins that come and go while the server runs: where they are kept, their life cycle, and their code. */
@NullMarked
package dev.objectos.runtime.plugin.added;

import org.jspecify.annotations.NullMarked;
