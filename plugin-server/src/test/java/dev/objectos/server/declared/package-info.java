@NullMarked
package dev.objectos.server.declared;

import org.jspecify.annotations.NullMarked;
