/** What plugins this server has. */
@NullMarked
package dev.objectos.server.plugin;

import org.jspecify.annotations.NullMarked;
