@NullMarked
package dev.objectos.auth.oauth;

import org.jspecify.annotations.NullMarked;
