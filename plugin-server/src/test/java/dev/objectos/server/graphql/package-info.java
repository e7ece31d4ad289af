@NullMarked
package dev.objectos.server.graphql;

import org.jspecify.annotations.NullMarked;
