package dev.objectos.auth.organization;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is answered about invitations, in the shape of better-auth. */
public final class InvitationAnswers {

    private final Invitations invitations;
    private final Clock clock;

    public InvitationAnswers(Invitations invitations, Clock clock) {
        this.invitations = invitations;
        this.clock = clock;
    }

    /** All of a tenant. */
    List<Map<String, @Nullable Object>> of(UUID tenant) {
        return invitations.of(tenant).stream().map(this::of).toList();
    }

    Map<String, @Nullable Object> of(Invitation invitation) {
        List<String> roles = invitation.roles().stream().sorted().toList();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", invitation.id());
        answer.put("organizationId", invitation.tenant());
        answer.put("email", invitation.email());
        answer.put("role", String.join(",", roles));
        answer.put("roles", roles);
        answer.put("inviterId", invitation.inviter());
        answer.put("status", invitation.status() == Invitation.Status.PENDING && !invitation.open(clock.instant())
                ? "expired"
                : invitation.status().name().toLowerCase(Locale.ROOT));
        answer.put("createdAt", invitation.createdAt());
        answer.put("expiresAt", invitation.expiresAt());
        return answer;
    }
}
