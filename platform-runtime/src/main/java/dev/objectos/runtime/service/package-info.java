/** Services that plugins offer to each other: what is offered, what is needed, and references to it. */
@NullMarked
package dev.objectos.runtime.service;

import org.jspecify.annotations.NullMarked;
