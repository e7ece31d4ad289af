/** Keeps the services that are offered, and who uses which. */
@NullMarked
package dev.objectos.runtime.service.registry;

import org.jspecify.annotations.NullMarked;
