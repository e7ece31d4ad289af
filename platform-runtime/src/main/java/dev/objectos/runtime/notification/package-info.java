/** What people are told of inside the platform. */
@NullMarked
package dev.objectos.runtime.notification;

import org.jspecify.annotations.NullMarked;
