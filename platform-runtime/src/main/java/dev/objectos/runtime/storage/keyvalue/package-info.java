/** The key-value stores behind {@code storage}: limits, rights, encryption and measurement over exchangeable drivers. */
@NullMarked
package dev.objectos.runtime.storage.keyvalue;

import org.jspecify.annotations.NullMarked;
