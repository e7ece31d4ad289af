@NullMarked
package dev.objectos.server.endpoint;

import org.jspecify.annotations.NullMarked;
