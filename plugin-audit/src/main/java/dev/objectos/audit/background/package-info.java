/** What the plugin does by itself, again and again. */
@NullMarked
package dev.objectos.audit.background;

import org.jspecify.annotations.NullMarked;
