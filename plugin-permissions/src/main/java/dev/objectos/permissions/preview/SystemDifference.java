package dev.objectos.permissions.preview;

import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.UserSessions.Member;
import java.util.List;
import java.util.Set;

/**
 * What people with the same roles would gain, or lose, beyond records.
 *
 * @param members who they are
 */
public record SystemDifference(Set<String> roles, List<Member> members, Set<SystemPermission> permissions) {}
