/** Tests of the trail on a real PostgreSQL. */
@NullMarked
package dev.objectos.audit;

import org.jspecify.annotations.NullMarked;
