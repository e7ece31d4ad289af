package dev.objectos.auth.scim;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Member;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The roles of a tenant as groups, named by themselves: {@code owner}, {@code admin}, {@code member}, those that members have, and those
 * that an identity provider has made.
 */
public final class ScimGroups {

    private static final Set<String> ALWAYS = Set.of(Rank.OWNER_ROLE, Rank.ADMINISTRATOR_ROLE, Rank.MEMBER_ROLE);

    private final Members members;
    private final ScimRoles roles;
    private final SecurityEvents events;
    private final JdbcClient database;
    private final Clock clock;

    public ScimGroups(Members members, KnownRoles known, SecurityEvents events, DataSource worker, Clock clock) {
        this.roles = new ScimRoles(known, events);
        this.members = members;
        this.events = events;
        this.database = JdbcClient.create(worker);
        this.clock = clock;
    }

    /** In alphabetical order. */
    List<ScimGroup> all(UUID tenant) {
        List<Member> people = members.of(tenant);
        Map<String, String> stored = database
                .sql("SELECT name, coalesce(external_id, '') AS external_id FROM platform.role_group WHERE tenant_id = ?")
                .param(tenant).query().listOfRows().stream()
                .collect(Collectors.toMap(row -> String.valueOf(row.get("name")),
                        row -> String.valueOf(row.get("external_id"))));
        var names = new TreeSet<>(ALWAYS);
        names.addAll(stored.keySet());
        people.forEach(member -> names.addAll(member.membership().roles()));
        return names.stream().map(name -> group(name, stored.getOrDefault(name, ""), people)).toList();
    }

    private static ScimGroup group(String name, String externalId, List<Member> people) {
        return new ScimGroup(name, externalId.isEmpty() ? null : externalId,
                people.stream().filter(member -> member.membership().roles().contains(name))
                        .map(member -> new ScimGroup.Entry(member.membership().userId(), member.account().name()))
                        .toList());
    }

    ScimGroup get(UUID tenant, String name) {
        return all(tenant).stream().filter(group -> group.name().equals(name)).findFirst()
                .orElseThrow(() -> new ScimException(404, null, "There is no such group"));
    }

    ScimGroup create(Administrator by, String name, @Nullable String externalId, Set<String> people) {
        by.requireGrantable(roles.taken(by, Set.of(name)));
        if (all(by.tenant()).stream().anyMatch(group -> group.name().equals(name))) {
            throw new ScimException(409, "uniqueness", "There is a group of this name");
        }
        requireAll(by.tenant(), people);
        database.sql(
                """
                        INSERT INTO platform.role_group (tenant_id, name, external_id, created_at) VALUES (:tenant, :name, :external, :now)
                        ON CONFLICT (tenant_id, name) DO NOTHING""")
                .param("tenant", by.tenant()).param("name", name)
                .param("external", externalId, Types.VARCHAR).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return setMembers(by, name, people);
    }

    /** Gives the role to these users and takes it from all others. */
    ScimGroup setMembers(Administrator by, String name, Set<String> people) {
        ScimGroup current = get(by.tenant(), name);
        Set<String> former = current.members().stream().map(member -> member.id().toString())
                .collect(Collectors.toSet());
        // All of them have to exist before the first is changed.
        requireAll(by.tenant(), people);
        for (String user : people) {
            if (!former.contains(user)) {
                alter(by, user, roles -> roles.add(name));
            }
        }
        for (String user : former) {
            if (!people.contains(user)) {
                alter(by, user, roles -> roles.remove(name));
            }
        }
        return get(by.tenant(), name);
    }

    private void requireAll(UUID tenant, Set<String> people) {
        people.forEach(user -> members.get(tenant, user));
    }

    private void alter(Administrator by, String user, java.util.function.Consumer<Set<String>> change) {
        Member member = members.changeable(by, user);
        var roles = new LinkedHashSet<>(member.membership().roles());
        change.accept(roles);
        members.grant(by, member, roles.isEmpty() ? Set.of(Rank.MEMBER_ROLE) : roles);
        events.emit("user.roles-changed", by.by(), by.client(), member.details(
                Map.of("by", "scim", "to", String.join(",", roles.stream().sorted().toList()))));
    }

    void delete(Administrator by, String name) {
        get(by.tenant(), name);
        if (ALWAYS.contains(name)) {
            throw new ScimException(403, null, "The group " + name + " is always there");
        }
        by.requireGrantable(Set.of(name));
        setMembers(by, name, Set.of());
        database.sql("DELETE FROM platform.role_group WHERE tenant_id = ? AND name = ?").params(by.tenant(), name)
                .update();
    }
}
