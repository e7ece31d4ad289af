/** The endpoints that show metadata. */
@NullMarked
package dev.objectos.server.metadata;

import org.jspecify.annotations.NullMarked;
