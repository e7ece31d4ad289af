/** The endpoints of business records. */
@NullMarked
package dev.objectos.server.record;

import org.jspecify.annotations.NullMarked;
