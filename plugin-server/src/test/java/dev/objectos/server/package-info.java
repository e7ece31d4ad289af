@NullMarked
package dev.objectos.server;

import org.jspecify.annotations.NullMarked;
