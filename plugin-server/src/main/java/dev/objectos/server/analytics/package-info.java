/** Questions of measures and dimensions, asked as grouped queries. */
@NullMarked
package dev.objectos.server.analytics;

import org.jspecify.annotations.NullMarked;
