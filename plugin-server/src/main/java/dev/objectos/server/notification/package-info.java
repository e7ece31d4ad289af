/** What people are told of, over HTTP. */
@NullMarked
package dev.objectos.server.notification;

import org.jspecify.annotations.NullMarked;
