@NullMarked
package dev.objectos.runtime.i18n;

import org.jspecify.annotations.NullMarked;
