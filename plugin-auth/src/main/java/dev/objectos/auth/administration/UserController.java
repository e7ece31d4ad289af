package dev.objectos.auth.administration;

import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The users of a tenant, for its administrators. */
@RestController
@RequestMapping("/api/auth/admin")
public final class UserController {

    private final Members members;
    private final TenantUsers users;
    private final UserChanges changes;
    private final KnownRoles known;
    private final SecurityEvents events;

    public UserController(Members members, TenantUsers users, UserChanges changes, KnownRoles known,
            SecurityEvents events) {
        this.members = members;
        this.users = users;
        this.changes = changes;
        this.known = known;
        this.events = events;
    }

    /**
     * A user to make.
     *
     * @param role one, several with commas between them, or a list; null: {@code member}
     * @param data more values for the record in the tenant, by field of the user object
     */
    record NewUser(@Nullable String email, @Nullable String name, @Nullable String password, @Nullable JsonNode role,
            @Nullable String username, @Nullable Map<String, @Nullable Object> data) {}

    @PostMapping(path = "/create-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> create(@RequestBody NewUser wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var required = new Required();
        var person = new UserChanges.Person(required.text(wanted.email(), "email"),
                required.text(wanted.name(), "name"), wanted.username(), required.text(wanted.password(), "password"));
        required.check();
        Member made = changes.create(by, person, known.require(Roles.read(wanted.role())),
                wanted.data() == null ? Map.of() : wanted.data());
        return told("user.created", by, made, Map.of("roles", String.join(",", made.membership().roles())));
    }

    @GetMapping("/list-users")
    TenantUsers.Found list(@RequestParam Map<String, String> parameters, HttpServletRequest request) {
        return users.list(Administrator.of(request, SystemPermission.MANAGE_USERS), UserList.read(parameters));
    }

    @GetMapping("/get-user")
    TenantUser get(@RequestParam(required = false) @Nullable String id, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var required = new Required();
        String wanted = required.text(id, "id");
        required.check();
        return users.get(by, members.get(by.tenant(), wanted));
    }

    /** Whose, and which roles. */
    record NewRoles(@Nullable String userId, @Nullable JsonNode role) {}

    @PostMapping(path = "/set-role", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> setRole(@RequestBody NewRoles wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.ASSIGN_ROLES);
        Member member = members.changeable(by, id(wanted.userId()));
        Set<String> roles = known.require(Roles.required(wanted.role()), member.membership().roles());
        members.grant(by, member, roles);
        return told("user.roles-changed", by, member, Map.of("from",
                String.join(",", member.membership().roles().stream().sorted().toList()), "to",
                String.join(",", roles.stream().sorted().toList())));
    }

    /** Whose, and what is said about them. */
    record Change(@Nullable String userId, @Nullable Map<String, @Nullable Object> data) {}

    @PostMapping(path = "/update-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    TenantUser update(@RequestBody Change wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        Member member = members.get(by.tenant(), id(wanted.userId()));
        Map<String, @Nullable Object> data = wanted.data() == null ? Map.of() : wanted.data();
        changes.describe(by, members.permitted(by, member), data);
        told("user.changed", by, member, Map.of("fields", String.join(",", data.keySet())));
        return users.get(by, members.get(by.tenant(), member.membership().userId().toString()));
    }

    /** Whose, and the new password. */
    record NewPassword(@Nullable String userId, @Nullable String newPassword, @Nullable Boolean mustChange) {}

    @PostMapping(path = "/set-user-password", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> setPassword(@RequestBody NewPassword wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var required = new Required();
        String user = required.text(wanted.userId(), "userId");
        String password = required.text(wanted.newPassword(), "newPassword");
        required.check();
        Member member = members.changeable(by, user);
        changes.setPassword(member, password, Boolean.TRUE.equals(wanted.mustChange()));
        told("password.set", by, member, Map.of());
        return Map.of("status", true);
    }

    /** Whom. */
    record Subject(@Nullable String userId) {}

    @PostMapping(path = "/remove-user", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> remove(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        Member member = members.changeable(by, id(wanted.userId()));
        members.remove(member);
        events.emit("user.removed", by.by(), by.client(), member.details(Map.of("email", member.account().email())));
        return Map.of("success", true);
    }

    private Map<String, Object> told(String action, Administrator by, Member member, Map<String, String> more) {
        events.emit(action, by.by(), by.client(), member.details(more));
        return Map.of("user", users.get(by, member));
    }

    /** The id that a request names. */
    static String id(@Nullable String userId) {
        var required = new Required();
        String id = required.text(userId, "userId");
        required.check();
        return id;
    }
}
