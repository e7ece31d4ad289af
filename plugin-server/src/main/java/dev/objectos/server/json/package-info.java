/** Strict reading and cheap writing of JSON. */
@NullMarked
package dev.objectos.server.json;

import org.jspecify.annotations.NullMarked;
