package dev.objectos.auth.organization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.RequestTenant;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tenant that a request names by its host name, or by the header {@value #HEADER}, with which platform administrators say in
 * which tenant they work. There they act as themselves, with a record of their own and the role {@code admin}, which
 * {@link Accounts#visit} makes the first time; they do not become members.
 */
public final class TenantPlacement implements RequestTenant {

    /** Names a tenant by its slug. */
    public static final String HEADER = "X-Tenant";

    private static final int MAX_CACHED = 10_000;

    private final TenantRepository tenants;
    private final Accounts accounts;
    private final SessionFactory sessions;
    private final OrganizationProperties properties;
    private final SecurityEvents events;
    private final Cache<String, Optional<UUID>> known;
    private final Cache<Visit, Session> visits;

    public TenantPlacement(TenantRepository tenants, Accounts accounts, SessionFactory sessions,
            OrganizationProperties properties, SessionProperties session, SecurityEvents events) {
        this.tenants = tenants;
        this.accounts = accounts;
        this.sessions = sessions;
        this.properties = properties;
        this.events = events;
        this.known = Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(session.cacheFor()).build();
        this.visits = Caffeine.newBuilder().maximumSize(MAX_CACHED).expireAfterWrite(session.cacheFor()).build();
    }

    /** A platform administrator's credential at work in a tenant. */
    private record Visit(Session own, UUID tenant) {}

    @Override
    public Optional<UUID> ofHost(HttpServletRequest request) {
        return ofHost(request.getServerName());
    }

    private Optional<UUID> ofHost(String host) {
        String slug = slug(host);
        return slug == null ? Optional.empty() : tenant(slug);
    }

    private @Nullable String slug(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        String mapped = properties.hosts().get(name);
        String base = properties.baseDomain();
        if (mapped != null || base == null || !name.endsWith("." + base)) {
            return mapped;
        }
        return name.substring(0, name.length() - base.length() - 1);
    }

    private Optional<UUID> tenant(String slug) {
        return known.get(slug, wanted -> tenants.findBySlug(wanted).map(Tenant::id));
    }

    @Override
    public Placement placement(HttpServletRequest request) {
        String slug = request.getHeader(HEADER);
        String host = request.getServerName();
        Client client = Client.of(request);
        return signedIn -> place(signedIn, slug, host, client);
    }

    private SignedIn place(SignedIn signedIn, @Nullable String slug, String host, Client client) {
        SignedIn placed = slug == null ? signedIn : visiting(signedIn, slug.strip(), client);
        if (ofHost(host).filter(tenant -> !tenant.equals(placed.session().tenant())).isPresent()) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "This address belongs to another organization; sign in here, or go to your own");
        }
        return placed;
    }

    private SignedIn visiting(SignedIn signedIn, String slug, Client client) {
        if (!signedIn.session().platformAdministrator()) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    HEADER + " is for platform administrators; others set the active organization of their session");
        }
        UUID tenant = tenant(slug).orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                "There is no organization \"" + slug + "\""));
        if (tenant.equals(signedIn.session().tenant())) {
            return signedIn;
        }
        Session session = visits.get(new Visit(signedIn.session(), tenant), _ -> enter(signedIn, tenant, client));
        return new SignedIn(session, signedIn.account(), signedIn.login(), signedIn.expiresAt());
    }

    /** Told each time that it is looked up, so at least once for whoever comes and at most every few seconds while they work. */
    private Session enter(SignedIn signedIn, UUID tenant, Client client) {
        accounts.visit(signedIn.account(), tenant);
        Session session = sessions
                .session(accounts.current(signedIn.account().id()), tenant, null, signedIn.session().scopes())
                .orElseThrow(() -> new PlatformException(RuntimeError.PERMISSION_DENIED,
                        "Nobody can work in this organization at the moment; resume it first"));
        events.emit("tenant.entered", new SignedIn(session, signedIn.account(), signedIn.login(), signedIn.expiresAt()),
                client, Map.of("from", signedIn.session().tenant().toString()));
        return session;
    }
}
