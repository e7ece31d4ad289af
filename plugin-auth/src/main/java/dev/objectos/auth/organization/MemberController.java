package dev.objectos.auth.organization;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Member;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.administration.Roles;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Who belongs to a tenant. A member's id is that of their record in the tenant. */
@RestController
@RequestMapping("/api/auth/organization")
public final class MemberController {

    private final Seats seats;
    private final Members members;
    private final Accounts accounts;
    private final KnownRoles known;
    private final SecurityEvents events;
    private final MemberAnswers answers;

    public MemberController(Seats seats, Members members, Accounts accounts, KnownRoles known, SecurityEvents events,
            MemberAnswers answers) {
        this.known = known;
        this.seats = seats;
        this.members = members;
        this.accounts = accounts;
        this.events = events;
        this.answers = answers;
    }

    @GetMapping("/list-members")
    Map<String, Object> list(@RequestParam(required = false) @Nullable String organizationId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(defaultValue = "0") int offset, HttpServletRequest request) {
        Seat seat = seats.of(request, organizationId);
        if (offset < 0 || (limit != null && limit < 0)) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "limit and offset are numbers from 0");
        }
        List<Member> all = members.of(seat.tenant());
        List<Member> some = all.stream().skip(offset).limit(limit == null ? all.size() : limit).toList();
        return Map.of("members", answers.of(seat.tenant(), some, seat.by().session()), "total", all.size());
    }

    @GetMapping("/get-active-member")
    Map<String, @Nullable Object> active(@RequestParam(required = false) @Nullable String organizationId,
            HttpServletRequest request) {
        Seat seat = seats.of(request, organizationId);
        return answers.of(members.of(seat.tenant(), seat.by().account().id()), seat.by().session());
    }

    /** Whom, as what, and where. */
    record Change(@Nullable String email, @Nullable String memberId, @Nullable String memberIdOrEmail,
            @Nullable JsonNode role, @Nullable String organizationId) {}

    /** Without asking the person; so only for whoever answers for all tenants. */
    @PostMapping(path = "/add-member", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> add(@RequestBody Change wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, wanted.organizationId()).platformAdministrator();
        var required = new Required();
        String email = required.text(wanted.email(), "email");
        required.check();
        Set<String> roles = known.require(Roles.read(wanted.role()));
        Account account = accounts.find(email).orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                "Nobody on this server has the address " + email + "; invite them"));
        if (members.of(by.tenant()).stream().anyMatch(member -> member.account().id().equals(account.id()))) {
            throw new PlatformException(RuntimeError.UNIQUE_VIOLATION, email + " belongs to the organization already");
        }
        accounts.join(account, by.tenant(), roles);
        Member joined = members.of(by.tenant(), account.id());
        told("member.added", by, joined);
        return answers.of(joined, by.by().session());
    }

    @PostMapping(path = "/update-member-role", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> updateRole(@RequestBody Change wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, wanted.organizationId()).with(SystemPermission.ASSIGN_ROLES);
        var required = new Required();
        String id = required.text(wanted.memberId(), "memberId");
        required.check();
        Member member = members.changeable(by, id);
        members.grant(by, member, known.require(Roles.required(wanted.role()), member.membership().roles()));
        Member changed = members.get(by.tenant(), id);
        told("user.roles-changed", by, changed);
        return answers.of(changed, by.by().session());
    }

    @PostMapping(path = "/remove-member", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> remove(@RequestBody Change wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, wanted.organizationId()).with(SystemPermission.MANAGE_USERS);
        var required = new Required();
        String named = required.text(wanted.memberIdOrEmail() == null ? wanted.memberId() : wanted.memberIdOrEmail(),
                "memberIdOrEmail");
        required.check();
        Member member = members.changeable(by, named.contains("@") ? id(by.tenant(), named) : named);
        members.remove(member);
        told("user.removed", by, member);
        return Map.of("member", answers.of(member, by.by().session()));
    }

    /** An id that nobody has where nobody has the address. */
    private String id(UUID tenant, String email) {
        return members.of(tenant).stream().filter(member -> member.account().email().equalsIgnoreCase(email.strip()))
                .findFirst().map(member -> member.membership().userId().toString()).orElse("");
    }

    /** Which tenant. */
    record Subject(@Nullable String organizationId) {}

    @PostMapping(path = "/leave", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> leave(@RequestBody Subject wanted, HttpServletRequest request) {
        SignedIn by = SignedIn.inPerson(request);
        Member self = members.of(seats.of(request, wanted.organizationId()).tenant(), by.account().id());
        members.remove(self);
        events.emit("member.left", by, Client.of(request), self.details(Map.of("tenant", self.tenant().toString())));
        return Map.of("member", answers.of(self, by.session()));
    }

    private void told(String action, Administrator by, Member member) {
        events.emit(action, by.by(), by.client(),
                member.details(Map.of("tenant", member.tenant().toString(), "roles",
                        String.join(",", member.membership().roles().stream().sorted().toList()))));
    }
}
