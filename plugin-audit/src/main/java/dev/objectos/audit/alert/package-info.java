/** Alerts: telling people that something happens more often than it should. */
@NullMarked
package dev.objectos.audit.alert;

import org.jspecify.annotations.NullMarked;
