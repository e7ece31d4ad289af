/** What administrators read of the platform itself. */
@org.jspecify.annotations.NullMarked
package dev.objectos.auth.systemobject;
