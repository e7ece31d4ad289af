/** Signing in at identity providers that speak SAML 2.0: this server as a service provider. */
@NullMarked
package dev.objectos.auth.saml;

import org.jspecify.annotations.NullMarked;
