/** GraphQL over the catalog: an operation is read into one statement, and its answer is handed on as it comes. */
@NullMarked
package dev.objectos.server.graphql;

import org.jspecify.annotations.NullMarked;
