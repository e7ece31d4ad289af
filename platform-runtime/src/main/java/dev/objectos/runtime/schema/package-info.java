/** From a difference between catalogs to database tables, in short resumable steps. */
@NullMarked
package dev.objectos.runtime.schema;

import org.jspecify.annotations.NullMarked;
