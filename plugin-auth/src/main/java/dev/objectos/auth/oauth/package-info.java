/** Signing in at providers that speak OpenID Connect or OAuth 2. */
@NullMarked
package dev.objectos.auth.oauth;

import org.jspecify.annotations.NullMarked;
