@NullMarked
package dev.objectos.server.query;

import org.jspecify.annotations.NullMarked;
