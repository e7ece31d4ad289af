/** The HTTP surface: requests become queries and mutations, answers and refusals become JSON. */
@NullMarked
package dev.objectos.server;

import org.jspecify.annotations.NullMarked;
