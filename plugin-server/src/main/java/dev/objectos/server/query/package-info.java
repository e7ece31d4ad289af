/** REST spellings of a query, as JSON or in the URL, become one query. */
@NullMarked
package dev.objectos.server.query;

import org.jspecify.annotations.NullMarked;
