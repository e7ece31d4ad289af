/** The OpenAPI description of a catalog. */
@NullMarked
package dev.objectos.server.openapi;

import org.jspecify.annotations.NullMarked;
