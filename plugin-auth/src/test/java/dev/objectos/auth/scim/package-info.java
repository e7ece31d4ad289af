/** SCIM as identity providers speak it. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.scim;
