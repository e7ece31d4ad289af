package dev.objectos.auth.scim;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Member;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.administration.UserChanges;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The users of a tenant for an identity provider, by the same rules as for every other administrator. */
public final class ScimUsers {

    private static final String FROM = """
            FROM platform.membership m JOIN platform.account a ON a.id = m.account_id
            WHERE m.tenant_id = :tenant AND NOT m.visiting AND\s""";

    private final Members members;
    private final UserChanges changes;
    private final ScimRoles roles;
    private final SecurityEvents events;
    private final JdbcClient database;
    private final Clock clock;

    public ScimUsers(Members members, UserChanges changes, KnownRoles known, SecurityEvents events, DataSource worker,
            Clock clock) {
        this.roles = new ScimRoles(known, events);
        this.members = members;
        this.changes = changes;
        this.events = events;
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /** Some of those that are wanted, and how many they are in all. */
    record Found(List<ScimUser> users, long total) {

        Found {
            users = List.copyOf(users);
        }
    }

    Found list(UUID tenant, UserFilter filter, int offset, int limit) {
        var values = new HashMap<String, Object>(filter.values());
        values.put("tenant", tenant);
        values.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        long total = database.sql("SELECT count(*) " + FROM + filter.condition()).params(values).query(Long.class)
                .single();
        values.put("limit", limit);
        values.put("offset", offset);
        return new Found(database
                .sql("SELECT m.user_id, a.username, m.external_id, a.name, a.email, " + UserFilter.ACTIVE
                        + " AS active, m.roles, m.created_at, greatest(a.updated_at, m.created_at) AS modified " + FROM
                        + filter.condition() + " ORDER BY m.created_at, m.user_id LIMIT :limit OFFSET :offset")
                .params(values)
                .query(ScimUsers::read).list(), total);
    }

    ScimUser get(UUID tenant, String id) {
        Member member = members.get(tenant, id);
        return list(tenant, new UserFilter("m.account_id = :account", Map.of("account", member.account().id())), 0, 1)
                .users().getFirst();
    }

    private static ScimUser read(ResultSet row, int number) throws SQLException {
        String email = row.getString("email");
        return new ScimUser(row.getObject("user_id", UUID.class),
                Objects.requireNonNullElse(row.getString("username"), email), row.getString("external_id"),
                row.getString("name"), email, row.getBoolean("active"),
                Arrays.stream((String[]) row.getArray("roles").getArray()).sorted().toList(),
                row.getTimestamp("created_at").toInstant(), row.getTimestamp("modified").toInstant());
    }

    ScimUser create(Administrator by, UserInput wanted) {
        String userName = wanted.userName();
        String email = wanted.email();
        if (userName == null || userName.isBlank()) {
            throw ScimException.invalidValue("userName is required");
        }
        if (email == null) {
            throw ScimException.invalidValue("emails is required where userName is no address");
        }
        requireFree(by.tenant(), wanted.externalId(), null);
        Member made = changes.create(by,
                new UserChanges.Person(email, wanted.name() == null ? userName : wanted.name(),
                        userName.equalsIgnoreCase(email) ? null : userName, wanted.password()),
                wanted.roles() == null || wanted.roles().isEmpty()
                        ? Set.of(Rank.MEMBER_ROLE)
                        : roles.taken(by, wanted.roles()),
                Map.of());
        setExternalId(made, wanted.externalId());
        if (Boolean.FALSE.equals(wanted.active())) {
            members.ban(made, "inactive at the identity provider", null);
        }
        events.emit("user.created", by.by(), by.client(), made.details(Map.of("by", "scim")));
        return get(by.tenant(), made.membership().userId().toString());
    }

    /** Makes of a user what was said; what was not said stays. */
    ScimUser change(Administrator by, String id, UserInput wanted) {
        ScimUser current = get(by.tenant(), id);
        Member member = members.changeable(by, id);
        requireFree(by.tenant(), wanted.externalId(), current.externalId());
        var data = new HashMap<String, @Nullable Object>();
        if (wanted.name() != null && !wanted.name().equals(current.name())) {
            data.put("name", wanted.name());
        }
        if (wanted.email() != null && !wanted.email().equals(current.email())) {
            data.put("email", wanted.email());
        }
        if (wanted.userName() != null && !wanted.userName().equals(current.userName())) {
            data.put(wanted.userName().equalsIgnoreCase(current.email()) ? "email" : "username", wanted.userName());
        }
        if (!data.isEmpty()) {
            changes.describe(by, member, data);
        }
        if (wanted.password() != null) {
            changes.setPassword(member, wanted.password(), false);
        }
        if (wanted.externalId() != null) {
            setExternalId(member, wanted.externalId());
        }
        if (wanted.roles() != null && !wanted.roles().isEmpty()
                && !wanted.roles().equals(Set.copyOf(current.roles()))) {
            members.grant(by, member, roles.taken(by, wanted.roles()));
        }
        if (wanted.active() != null && wanted.active() != current.active()) {
            if (wanted.active()) {
                members.unban(member);
            } else {
                members.ban(member, "inactive at the identity provider", null);
            }
        }
        events.emit("user.changed", by.by(), by.client(), member.details(Map.of("by", "scim")));
        return get(by.tenant(), id);
    }

    void delete(Administrator by, String id) {
        Member member = members.changeable(by, id);
        members.remove(member);
        events.emit("user.removed", by.by(), by.client(), member.details(Map.of("by", "scim")));
    }

    private void requireFree(UUID tenant, @Nullable String wanted, @Nullable String own) {
        if (wanted != null && !wanted.isEmpty() && !wanted.equals(own)
                && database.sql("SELECT 1 FROM platform.membership WHERE tenant_id = ? AND external_id = ?")
                        .params(tenant, wanted).query(Integer.class).optional().isPresent()) {
            throw new ScimException(409, "uniqueness", "Another user has this externalId");
        }
    }

    private void setExternalId(Member member, @Nullable String externalId) {
        try {
            database.sql(
                    "UPDATE platform.membership SET external_id = nullif(?, '') WHERE account_id = ? AND tenant_id = ?")
                    .params(externalId == null ? "" : externalId, member.account().id(), member.tenant()).update();
        } catch (DuplicateKeyException _) {
            throw new ScimException(409, "uniqueness", "Another user has this externalId");
        }
    }
}
