@NullMarked
package dev.objectos.server.json;

import org.jspecify.annotations.NullMarked;
