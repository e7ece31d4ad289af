/** What {@code auth.config.yml} says of how people may sign in. */
@NullMarked
package dev.objectos.auth.provider;

import org.jspecify.annotations.NullMarked;
