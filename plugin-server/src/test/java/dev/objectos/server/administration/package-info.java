@NullMarked
package dev.objectos.server.administration;

import org.jspecify.annotations.NullMarked;
