package dev.objectos.auth.administration;

import dev.objectos.auth.account.Avatars;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Shows administrators who belongs to their tenant. */
public final class TenantUsers {

    /** Whether a member is shut out at {@code :now}, in SQL. */
    static final String BANNED = "((m.banned_at IS NOT NULL AND (m.ban_ends_at IS NULL OR m.ban_ends_at > :now))"
            + " OR (a.banned_at IS NOT NULL AND (a.ban_ends_at IS NULL OR a.ban_ends_at > :now)))";

    private static final String FROM = """
            FROM platform.membership m JOIN platform.account a ON a.id = m.account_id
            WHERE m.tenant_id = :tenant AND NOT m.visiting AND\s""";

    private static final String COLUMNS = "SELECT m.user_id, a.email, a.username, a.name, a.email_verified_at, m.roles, a.kind,"
            + " a.platform_administrator, a.must_change_password,"
            + " EXISTS (SELECT FROM platform.second_factor f WHERE f.account_id = a.id AND f.confirmed_at IS NOT NULL)"
            + " AS two_factor_enabled, " + BANNED + " AS banned,"
            + " coalesce(m.ban_reason, a.ban_reason) AS ban_reason, coalesce(m.ban_ends_at, a.ban_ends_at) AS ban_ends_at,"
            + " m.created_at, greatest(a.updated_at, m.created_at) AS updated_at ";

    private final JdbcClient database;
    private final Avatars avatars;
    private final Clock clock;

    public TenantUsers(DataSource worker, Avatars avatars, Clock clock) {
        this.database = JdbcClient.create(worker);
        this.avatars = avatars;
        this.clock = clock;
    }

    /** Some of those that are wanted, and how many they are in all. */
    record Found(List<TenantUser> users, long total, int limit, int offset) {

        Found {
            users = List.copyOf(users);
        }
    }

    /** Members of the administrator's tenant. */
    Found list(Administrator by, UserList wanted) {
        var rows = new java.util.HashMap<String, Object>(wanted.values());
        rows.put("tenant", by.tenant());
        rows.put("now", clock.instant().atOffset(ZoneOffset.UTC));
        long total = database.sql("SELECT count(*) " + FROM + wanted.condition()).params(rows).query(Long.class)
                .single();
        rows.put("limit", wanted.limit());
        rows.put("offset", wanted.offset());
        List<TenantUser> users = database.sql(COLUMNS + FROM + wanted.condition() + " ORDER BY " + wanted.order()
                + " LIMIT :limit OFFSET :offset").params(rows).query(TenantUsers::read).list();
        return new Found(withImages(users, by), total, wanted.limit(), wanted.offset());
    }

    /** A member of the administrator's tenant as they are now. */
    TenantUser get(Administrator by, Member member) {
        TenantUser user = database.sql(COLUMNS + FROM + "m.account_id = :account").param("tenant", member.tenant())
                .param("account", member.account().id()).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(TenantUsers::read).optional().orElseThrow(
                        () -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such user"));
        return withImages(List.of(user), by).getFirst();
    }

    private List<TenantUser> withImages(List<TenantUser> users, Administrator by) {
        Map<UUID, String> images = avatars.of(users.stream().map(TenantUser::id).toList(), by.by().session());
        return users.stream().map(user -> user.with(images.get(user.id()))).toList();
    }

    private static TenantUser read(ResultSet row, int number) throws SQLException {
        Array stored = row.getArray("roles");
        List<String> roles = Arrays.stream((String[]) stored.getArray()).sorted().toList();
        boolean banned = row.getBoolean("banned");
        return new TenantUser(row.getObject("user_id", UUID.class), row.getString("email"), row.getString("username"),
                row.getString("name"), row.getTimestamp("email_verified_at") != null, null, String.join(",", roles),
                roles, row.getString("kind"), row.getBoolean("platform_administrator"),
                row.getBoolean("must_change_password"), row.getBoolean("two_factor_enabled"), banned,
                banned ? row.getString("ban_reason") : null,
                banned ? instant(row.getTimestamp("ban_ends_at")) : null, row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant());
    }

    private static @Nullable Instant instant(@Nullable Timestamp stored) {
        return stored == null ? null : stored.toInstant();
    }
}
