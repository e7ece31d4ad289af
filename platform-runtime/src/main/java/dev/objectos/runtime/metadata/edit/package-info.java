/** Metadata that administrators edit while the server runs: versions in the database, published on every node. */
@NullMarked
package dev.objectos.runtime.metadata.edit;

import org.jspecify.annotations.NullMarked;
