/** The HTTP endpoints of plugins that come and go. */
@NullMarked
package dev.objectos.server.endpoint;

import org.jspecify.annotations.NullMarked;
