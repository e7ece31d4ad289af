/** What directories say, over real connections. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.ldap;
