/** How much of the server plugins may use: what is measured, what is refused, and what is done about those who want more. */
@NullMarked
package dev.objectos.runtime.resource;

import org.jspecify.annotations.NullMarked;
