/** What tenants see of each other: nothing. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.tenant;
