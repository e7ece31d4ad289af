/** What administrators do to the people of their tenant; paths and answers are those of better-auth's {@code admin/*}. */
@NullMarked
package dev.objectos.auth.administration;

import org.jspecify.annotations.NullMarked;
