@NullMarked
package dev.objectos.runtime.action;

import org.jspecify.annotations.NullMarked;
