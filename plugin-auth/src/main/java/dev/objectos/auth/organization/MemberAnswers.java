package dev.objectos.auth.organization;

import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.administration.Member;
import dev.objectos.runtime.session.Session;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is answered about the members of a tenant, in the shapes of better-auth. */
public final class MemberAnswers {

    private final Avatars avatars;
    private final Clock clock;

    public MemberAnswers(Avatars avatars, Clock clock) {
        this.avatars = avatars;
        this.clock = clock;
    }

    Map<String, @Nullable Object> of(Member member, Session reader) {
        return of(member.tenant(), List.of(member), reader).getFirst();
    }

    /** Members of one tenant. Pictures are files of a tenant, so that nobody sees any of another one than their session's. */
    List<Map<String, @Nullable Object>> of(UUID tenant, List<Member> members, Session reader) {
        Map<UUID, String> images = tenant.equals(reader.tenant())
                ? avatars.of(members.stream().map(member -> member.membership().userId()).toList(), reader)
                : Map.of();
        return members.stream().map(member -> answer(member, images.get(member.membership().userId()))).toList();
    }

    private Map<String, @Nullable Object> answer(Member member, @Nullable String image) {
        Membership membership = member.membership();
        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("id", membership.userId());
        user.put("name", member.account().name());
        user.put("email", member.account().email());
        user.put("image", image);
        List<String> roles = membership.roles().stream().sorted().toList();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", membership.userId());
        answer.put("organizationId", membership.tenantId());
        answer.put("userId", membership.userId());
        answer.put("role", String.join(",", roles));
        answer.put("roles", roles);
        answer.put("banned", membership.bannedAt(clock.instant()));
        answer.put("createdAt", membership.createdAt());
        answer.put("user", user);
        return answer;
    }
}
