/** Running what people can do with records and objects. */
@NullMarked
package dev.objectos.server.action;

import org.jspecify.annotations.NullMarked;
