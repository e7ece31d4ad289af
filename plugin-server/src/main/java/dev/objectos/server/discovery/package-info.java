/** What the server offers and where, for clients that ask first. */
@NullMarked
package dev.objectos.server.discovery;

import org.jspecify.annotations.NullMarked;
