/** What platform administrators see of the server itself. */
@NullMarked
package dev.objectos.server.administration;

import org.jspecify.annotations.NullMarked;
