/** How long entries are kept, and the tables that they are kept in. */
@NullMarked
package dev.objectos.audit.partition;

import org.jspecify.annotations.NullMarked;
