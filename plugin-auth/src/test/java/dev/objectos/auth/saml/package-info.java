/** Signing in by SAML, with an identity provider of another implementation. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.saml;
