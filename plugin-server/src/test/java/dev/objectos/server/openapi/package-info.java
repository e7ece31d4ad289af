@NullMarked
package dev.objectos.server.openapi;

import org.jspecify.annotations.NullMarked;
