/** Tenants over HTTP: who makes them, who belongs to them, and what stays apart. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.organization;
