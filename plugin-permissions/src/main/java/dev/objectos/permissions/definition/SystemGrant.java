package dev.objectos.permissions.definition;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.session.SystemPermission;

/** A right beyond records that the holders of a set, or of a role, have. */
public record SystemGrant(String set, SystemPermission permission, SourceLocation where) {}
