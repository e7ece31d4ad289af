/** The catalog as a GraphQL schema, one for each snapshot, and what of it somebody sees. */
@NullMarked
package dev.objectos.server.graphql.schema;

import org.jspecify.annotations.NullMarked;
