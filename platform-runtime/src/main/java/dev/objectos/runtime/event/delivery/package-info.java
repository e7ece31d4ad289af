/** From the outbox to the subscribers: routing, claims, tries, dead letters. */
@NullMarked
package dev.objectos.runtime.event.delivery;

import org.jspecify.annotations.NullMarked;
