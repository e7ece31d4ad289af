/** What the platform says to people, in their languages. */
@NullMarked
package dev.objectos.runtime.i18n;

import org.jspecify.annotations.NullMarked;
