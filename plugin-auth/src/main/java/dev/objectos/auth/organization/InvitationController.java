package dev.objectos.auth.organization;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.administration.Roles;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Inviting people to a tenant, and what they say to it. */
@RestController
@RequestMapping("/api/auth/organization")
public final class InvitationController {

    private final Invitations invitations;
    private final InvitationMails mails;
    private final Organizations organizations;
    private final Seats seats;
    private final Members members;
    private final MemberAnswers memberAnswers;
    private final KnownRoles known;
    private final Logins logins;
    private final SignIn signIn;
    private final SignInAnswers answers;
    private final InvitationAnswers shown;
    private final PublicAddress address;
    private final SecurityEvents events;

    public InvitationController(Invitations invitations, InvitationMails mails, Organizations organizations,
            Seats seats, Members members, MemberAnswers memberAnswers, KnownRoles known, Logins logins, SignIn signIn,
            SignInAnswers answers, InvitationAnswers shown, PublicAddress address, SecurityEvents events) {
        this.invitations = invitations;
        this.mails = mails;
        this.organizations = organizations;
        this.seats = seats;
        this.members = members;
        this.memberAnswers = memberAnswers;
        this.known = known;
        this.logins = logins;
        this.signIn = signIn;
        this.answers = answers;
        this.shown = shown;
        this.address = address;
        this.events = events;
    }

    /** Whom to invite, and as what. */
    record NewInvitation(@Nullable String email, @Nullable JsonNode role, @Nullable String organizationId,
            @Nullable Boolean resend) {}

    @PostMapping(path = "/invite-member", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> invite(@RequestBody NewInvitation wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, wanted.organizationId()).with(SystemPermission.MANAGE_USERS);
        var required = new Required();
        String email = required.text(wanted.email(), "email");
        required.check();
        // Nobody is asked to come to a server that does not know where it is.
        String _ = address.of(request);
        Invitation invitation = invitations.invite(by, email, known.require(Roles.read(wanted.role())),
                Boolean.TRUE.equals(wanted.resend()));
        Session session = by.by().session();
        mails.later(invitation, Objects.requireNonNull(session.user()).name(), session.locale());
        told("invitation.sent", by.by(), request, invitation);
        return shown.of(invitation);
    }

    /** Which one; the token is that of the mail. */
    record Subject(@Nullable String invitationId, @Nullable String token, @Nullable String organizationId) {}

    /** Which one, and, from somebody without an account, who is to have one. */
    record Acceptance(@Nullable String invitationId, @Nullable String token, @Nullable String name,
            @Nullable String password) {}

    @PostMapping(path = "/accept-invitation", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> accept(@RequestBody Acceptance wanted, HttpServletRequest request) {
        if (request.getAttribute(SignedIn.ATTRIBUTE) == null) {
            return begin(wanted, request);
        }
        SignedIn by = SignedIn.inPerson(request);
        Invitation invitation = addressed(wanted.invitationId(), wanted.token(), by);
        if (!invitation.email().equalsIgnoreCase(by.account().email())) {
            throw Seat.denied("The invitation is for another address than yours");
        }
        invitations.accept(invitation, by.account());
        logins.move(Objects.requireNonNull(by.login()), invitation.tenant());
        logins.forget(by.account().id());
        told("invitation.accepted", by, request, invitation);
        return ResponseEntity.ok(Map.of("invitation", now(invitation), "member",
                memberAnswers.of(members.of(invitation.tenant(), by.account().id()), by.session())));
    }

    private ResponseEntity<Map<String, Object>> begin(Acceptance wanted, HttpServletRequest request) {
        String token = wanted.token();
        if (token == null || token.isBlank()) {
            throw new PlatformException(RuntimeError.UNAUTHENTICATED, "Sign in first, or bring the token of the mail");
        }
        Invitation invitation = invitations.byToken(token);
        if (invitations.hasAccount(invitation)) {
            throw new PlatformException(RuntimeError.UNAUTHENTICATED,
                    "You have an account already; sign in, then accept the invitation");
        }
        var required = new Required();
        String name = required.text(wanted.name(), "name");
        String password = required.text(wanted.password(), "password");
        required.check();
        Account made = invitations.accept(invitation, name, password);
        Client client = Client.of(request);
        events.emit("invitation.accepted", made.id(), invitation.tenant(), client,
                Map.of("invitation", invitation.id().toString(), "email", invitation.email()));
        return answers.of(signIn.admit(made, SignIn.PASSWORD, invitation.tenant(), client, null), request);
    }

    private Invitation addressed(@Nullable String id, @Nullable String token, SignedIn by) {
        if (token != null) {
            return invitations.byToken(token);
        }
        var required = new Required();
        String wanted = required.text(id, "invitationId");
        required.check();
        return invitations.mine(wanted, by.account());
    }

    @PostMapping(path = "/reject-invitation", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> reject(@RequestBody Subject wanted, HttpServletRequest request) {
        boolean signedIn = request.getAttribute(SignedIn.ATTRIBUTE) != null;
        Invitation invitation = signedIn || wanted.token() == null
                ? addressed(wanted.invitationId(), wanted.token(), SignedIn.of(request))
                : invitations.byToken(wanted.token());
        invitations.reject(invitation);
        events.emit("invitation.rejected", null, invitation.tenant(), Client.of(request),
                Map.of("invitation", invitation.id().toString(), "email", invitation.email()));
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("invitation", now(invitation));
        answer.put("member", null);
        return answer;
    }

    /** In the organization that is named; else in the one that invites, where the sender has a place, and in the active one. */
    @PostMapping(path = "/cancel-invitation", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> cancel(@RequestBody Subject wanted, HttpServletRequest request) {
        var required = new Required();
        String id = required.text(wanted.invitationId(), "invitationId");
        required.check();
        Seat seat = wanted.organizationId() == null
                ? invitations.tenant(id).flatMap(inviting -> seats.find(request, inviting))
                        .orElseGet(() -> seats.of(request, null))
                : seats.of(request, wanted.organizationId());
        Administrator by = seat.with(SystemPermission.MANAGE_USERS);
        Invitation invitation = invitations.ofTenant(by.tenant(), id);
        by.requireGrantable(invitation.roles());
        invitations.cancel(invitation);
        told("invitation.canceled", by.by(), request, invitation);
        return now(invitation);
    }

    @GetMapping("/list-invitations")
    List<Map<String, @Nullable Object>> list(@RequestParam(required = false) @Nullable String organizationId,
            HttpServletRequest request) {
        Administrator by = seats.of(request, organizationId).with(SystemPermission.MANAGE_USERS);
        return shown.of(by.tenant());
    }

    @GetMapping("/list-user-invitations")
    List<Map<String, @Nullable Object>> mine(HttpServletRequest request) {
        return invitations.to(SignedIn.of(request).account()).stream().map(shown::of).toList();
    }

    @GetMapping("/get-invitation")
    Map<String, @Nullable Object> get(@RequestParam(required = false) @Nullable String id,
            @RequestParam(required = false) @Nullable String token, HttpServletRequest request) {
        Invitation invitation = token != null
                ? invitations.byToken(token)
                : addressed(id, null, SignedIn.of(request));
        Map<String, @Nullable Object> answer = shown.of(invitation);
        var organization = organizations.get(invitation.tenant());
        answer.put("organizationName", organization.name());
        answer.put("organizationSlug", organization.slug());
        answer.put("hasAccount", token != null && invitations.hasAccount(invitation));
        return answer;
    }

    private void told(String action, SignedIn by, HttpServletRequest request, Invitation invitation) {
        events.emit(action, by, Client.of(request), Map.of("invitation", invitation.id().toString(), "email",
                invitation.email(), "tenant", invitation.tenant().toString(), "roles",
                String.join(",", invitation.roles().stream().sorted().toList())));
    }

    /** As it has become. */
    private Map<String, @Nullable Object> now(Invitation invitation) {
        return shown.of(invitations.ofTenant(invitation.tenant(), invitation.id().toString()));
    }
}
