@NullMarked
package dev.objectos.auth.provider;

import org.jspecify.annotations.NullMarked;
