@NullMarked
package dev.objectos.server.realtime;

import org.jspecify.annotations.NullMarked;
