/** Who accounts are elsewhere, and which account somebody gets who has proven who they are there. */
@NullMarked
package dev.objectos.auth.identity;

import org.jspecify.annotations.NullMarked;
