/** Tests of seals, with somebody who owns the database and changes the trail. */
@NullMarked
package dev.objectos.audit.seal;

import org.jspecify.annotations.NullMarked;
