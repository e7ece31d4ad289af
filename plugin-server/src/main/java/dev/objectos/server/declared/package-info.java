/** The endpoints that {@code apis/*.api.yml} declare: a query or an action at an address of its author's choice. */
@NullMarked
package dev.objectos.server.declared;

import org.jspecify.annotations.NullMarked;
