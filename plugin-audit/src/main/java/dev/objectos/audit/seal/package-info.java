/**
 * What proves that the trail is as it was written: committed entries are chained in batches for each tenant, and signed with a
 * key that is not in the database.
 */
@NullMarked
package dev.objectos.audit.seal;

import org.jspecify.annotations.NullMarked;
