package dev.objectos.auth.session;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.Rank;
import dev.objectos.auth.account.Standing;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.SystemRights;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Says what an account may act as in a tenant at the moment: the one place where accounts become sessions. */
public final class SessionFactory {

    private static final List<FieldPath> PROFILE = List.of(FieldPath.of("locale"), FieldPath.of("timezone"));

    private final AccountRepository accounts;
    private final MembershipRepository memberships;
    private final TenantRepository tenants;
    private final Records records;
    private final SystemRights rights;
    private final Clock clock;

    public SessionFactory(AccountRepository accounts, MembershipRepository memberships, TenantRepository tenants,
            Records records, SystemRights rights, Clock clock) {
        this.accounts = accounts;
        this.memberships = memberships;
        this.tenants = tenants;
        this.records = records;
        this.rights = rights;
        this.clock = clock;
    }

    /**
     * The session of an account in a tenant.
     *
     * @param acting the account as it is now
     * @param impersonator account of the administrator who acts as it; null: its owner does
     * @param scopes what the credential is limited to; null: nothing
     * @return empty where the account is banned, is no member or banned there, the tenant is suspended, or the
     *         impersonator may not act as others there any more
     */
    public Optional<Session> session(Account acting, UUID tenant, @Nullable UUID impersonator,
            @Nullable Set<String> scopes) {
        if (acting.bannedAt(clock.instant())) {
            return Optional.empty();
        }
        Tenant where = tenants.findById(tenant).filter(found -> !found.suspended()).orElse(null);
        Membership member = memberships.findById(new Membership.Key(acting.id(), tenant))
                .filter(found -> !found.bannedAt(clock.instant())).orElse(null);
        if (where == null || member == null
                || (member.visiting() && !acting.platformAdministrator())) {
            return Optional.empty();
        }
        UserIdentity administrator = null;
        if (impersonator != null) {
            administrator = impersonator(impersonator, acting, member).orElse(null);
            if (administrator == null) {
                return Optional.empty();
            }
        }
        UserIdentity actingFor = administrator;
        var user = new UserIdentity(member.userId(), acting.email(), acting.name(), acting.username());
        Set<String> roles = member.visiting() ? Set.of(Rank.ADMINISTRATOR_ROLE) : member.roles();
        boolean platform = acting.platformAdministrator() && actingFor == null;
        return profile(tenant, member.userId()).map(profile -> new Session(tenant, user, roles, platform,
                locale(profile.path("locale").asString(""), where.settings().locale()),
                zone(profile.path("timezone").asString(""), where.settings().timezone()), Origin.REST, actingFor,
                scopes, rights.of(tenant, roles, platform)));
    }

    /** A platform administrator need be no member of the tenant in which they act as somebody. */
    private Optional<UserIdentity> impersonator(UUID account, Account acting, Membership as) {
        UUID tenant = as.tenantId();
        Instant now = clock.instant();
        Account administrator = accounts.findById(account).filter(found -> !found.bannedAt(now)).orElse(null);
        Membership member = memberships.findById(new Membership.Key(account, tenant))
                .filter(found -> !found.bannedAt(now)).orElse(null);
        if (administrator == null) {
            return Optional.empty();
        }
        var standing = new Standing(Rank.of(administrator, member), rights.of(tenant,
                member == null ? Set.of() : member.roles(), administrator.platformAdministrator()));
        if (!standing.authority().may(SystemPermission.IMPERSONATE)
                || !standing.mayTouch(Rank.of(acting, as), as.roles())) {
            return Optional.empty();
        }
        return Optional.of(new UserIdentity(member == null ? account : member.userId(), administrator.email(),
                administrator.name(), administrator.username()));
    }

    /** Empty where somebody has deleted the person's record. */
    private Optional<JsonNode> profile(UUID tenant, UUID user) {
        var query = new RecordQuery(Catalog.USER, user, PROFILE, List.of());
        try {
            return Optional.of(JsonMapper.shared()
                    .readTree(records.get(query, Session.system(tenant, Origin.SYSTEM)).json().utf8()));
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.RECORD_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Locale locale(String own, @Nullable String ofTenant) {
        String chosen = own.isBlank() ? ofTenant : own;
        return chosen == null ? Locale.ENGLISH : Locale.forLanguageTag(chosen);
    }

    private static ZoneId zone(String own, @Nullable String ofTenant) {
        String chosen = own.isBlank() ? ofTenant : own;
        try {
            return chosen == null ? ZoneOffset.UTC : ZoneId.of(chosen);
        } catch (DateTimeException _) {
            // A record's text is anybody's; what names no zone counts as none.
            return ZoneOffset.UTC;
        }
    }
}
