/** Signing in with what a company's directory (LDAP, Active Directory) knows. */
@NullMarked
package dev.objectos.auth.ldap;

import org.jspecify.annotations.NullMarked;
