/** What every endpoint shares: session, body, media types. */
@NullMarked
package dev.objectos.server.web;

import org.jspecify.annotations.NullMarked;
