/** Tests of the delivery of events. */
@org.jspecify.annotations.NullMarked
package dev.objectos.runtime.event.delivery;
