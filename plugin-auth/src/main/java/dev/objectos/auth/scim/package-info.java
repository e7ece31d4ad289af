/** SCIM 2.0 (RFC 7643, RFC 7644): an identity provider keeps the users and the roles of a tenant up to date. */
@NullMarked
package dev.objectos.auth.scim;

import org.jspecify.annotations.NullMarked;
