package dev.objectos.auth.organization;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.LoginSession;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tenants: making, changing, choosing, stopping and removing them. */
@RestController
@RequestMapping("/api/auth/organization")
public final class OrganizationController {

    private final Organizations organizations;
    private final Seats seats;
    private final Members members;
    private final TenantExport export;
    private final TenantRemoval removal;
    private final TenantErasure erasure;
    private final Logins logins;
    private final OrganizationProperties properties;
    private final SecurityEvents events;
    private final MemberAnswers answers;
    private final InvitationAnswers invitations;

    public OrganizationController(Organizations organizations, Seats seats, Members members, TenantExport export,
            TenantRemoval removal, TenantErasure erasure, Logins logins, OrganizationProperties properties,
            SecurityEvents events, MemberAnswers answers, InvitationAnswers invitations) {
        this.erasure = erasure;
        this.organizations = organizations;
        this.seats = seats;
        this.members = members;
        this.export = export;
        this.removal = removal;
        this.logins = logins;
        this.properties = properties;
        this.events = events;
        this.answers = answers;
        this.invitations = invitations;
    }

    /**
     * A tenant to make.
     *
     * @param logo as better-auth's clients may send it, like {@code metadata}; there is none
     */
    record NewOrganization(@Nullable String name, @Nullable String slug, @Nullable JsonNode settings,
            @Nullable String logo, @Nullable JsonNode metadata) {}

    @PostMapping(path = "/create", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> create(@RequestBody NewOrganization wanted, HttpServletRequest request) {
        SignedIn by = SignedIn.inPerson(request);
        if (!properties.selfService()) {
            by.session().requirePlatformAdministrator("Only platform administrators make organizations");
        }
        var required = new Required();
        String name = required.text(wanted.name(), "name");
        String slug = required.text(wanted.slug(), "slug");
        required.check();
        refuseUnkept(wanted.logo(), wanted.metadata());
        TenantSettings settings = wanted.settings() == null
                ? TenantSettings.NONE
                : SettingsReader.change(TenantSettings.NONE, wanted.settings());
        Tenant made = organizations.create(name, slug, settings, by.account());
        events.emit("tenant.created", by, Client.of(request), details(made));
        Map<String, @Nullable Object> answer = OrganizationAnswers.withSettings(made);
        answer.put("members", answers.of(made.id(), members.of(made.id()), by.session()));
        return answer;
    }

    /** Nothing that is sent is dropped in silence. */
    private static void refuseUnkept(@Nullable String logo, @Nullable JsonNode metadata) {
        if (logo != null && !logo.isEmpty()) {
            throw invalid("logo", "An organization has no logo");
        }
        if (metadata != null && !metadata.isNull() && !(metadata.isContainer() && metadata.isEmpty())) {
            throw invalid("metadata", "An organization has no metadata of yours");
        }
    }

    private static PlatformException invalid(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }

    /** @param slug that a new tenant may have */
    record Slug(@Nullable String slug) {}

    @PostMapping(path = "/check-slug", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> checkSlug(@RequestBody Slug wanted, HttpServletRequest request) {
        SignedIn by = SignedIn.of(request);
        if (!properties.selfService()) {
            by.session().requirePlatformAdministrator("Only platform administrators make organizations");
        }
        var required = new Required();
        String slug = required.text(wanted.slug(), "slug");
        required.check();
        return Map.of("status", organizations.free(slug));
    }

    @GetMapping("/list")
    List<Map<String, @Nullable Object>> list(@RequestParam(defaultValue = "false") boolean all,
            HttpServletRequest request) {
        SignedIn by = SignedIn.of(request);
        if (all) {
            seats.of(request, null).platformAdministrator();
            return organizations.all().stream().map(OrganizationAnswers::organization).toList();
        }
        List<Tenant> own = by.login() == null
                ? List.of(organizations.get(by.session().tenant()))
                : seats.tenantsOf(by.account());
        return own.stream().map(OrganizationAnswers::organization).toList();
    }

    @GetMapping("/get-full-organization")
    Map<String, @Nullable Object> full(@RequestParam(required = false) @Nullable String organizationId,
            HttpServletRequest request) {
        Seat seat = seats.of(request, organizationId);
        Tenant tenant = organizations.get(seat.tenant());
        Map<String, @Nullable Object> answer = seat.standing().authority().may(SystemPermission.MANAGE_ORGANIZATION)
                ? OrganizationAnswers.withSettings(tenant)
                : OrganizationAnswers.organization(tenant);
        answer.put("members", answers.of(tenant.id(), members.of(tenant.id()), seat.by().session()));
        answer.put("invitations", seat.standing().authority().may(SystemPermission.MANAGE_USERS)
                ? invitations.of(tenant.id())
                : List.of());
        answer.put("teams", List.of());
        return answer;
    }

    /**
     * What is to change; better-auth's clients nest it in {@code data}.
     *
     * @param slug stays as it is
     */
    record Change(@Nullable String organizationId, @Nullable String name, @Nullable String slug,
            @Nullable JsonNode settings, @Nullable String logo, @Nullable JsonNode metadata, @Nullable Change data) {}

    @PostMapping(path = "/update", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> update(@RequestBody Change wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, wanted.organizationId()).with(SystemPermission.MANAGE_ORGANIZATION);
        Change change = wanted.data() == null ? wanted : wanted.data();
        refuseUnkept(change.logo(), change.metadata());
        if (change.slug() != null && !change.slug().equals(organizations.get(by.tenant()).slug())) {
            throw invalid("slug", "The slug of an organization stays as it was chosen");
        }
        TenantSettings settings = change.settings() == null
                ? null
                : SettingsReader.change(organizations.get(by.tenant()).settings(), change.settings());
        LoginSession login = by.by().login();
        if (settings != null && login != null && by.rank() != Rank.PLATFORM_ADMINISTRATOR
                && !settings.accepts(login.method())) {
            String message = "signInMethods has to accept " + login.method() + ", by which you have signed in yourself";
            throw invalid("settings.signInMethods", message);
        }
        Tenant changed = organizations.describe(by.tenant(), change.name(), settings);
        events.emit("tenant.changed", by.by(), by.client(), details(changed));
        return OrganizationAnswers.withSettings(changed);
    }

    /** Which tenant. */
    record Subject(@Nullable String organizationId, @Nullable String organizationSlug) {}

    @PostMapping(path = "/set-active", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> setActive(@RequestBody Subject wanted, HttpServletRequest request) {
        SignedIn by = SignedIn.inPerson(request);
        Tenant tenant = seats.tenantsOf(by.account()).stream()
                .filter(own -> wanted.organizationId() == null
                        ? own.slug().equals(wanted.organizationSlug())
                        : own.id().toString().equals(wanted.organizationId()))
                .findFirst().orElseThrow(Organizations::unknown);
        LoginSession login = Objects.requireNonNull(by.login());
        if (!tenant.settings().accepts(login.method())) {
            throw Seat.denied("This organization does not accept the way in which you have signed in");
        }
        logins.move(login, tenant.id());
        events.emit("session.moved", by, Client.of(request), details(tenant));
        return OrganizationAnswers.organization(tenant);
    }

    @PostMapping(path = "/suspend", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> suspend(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, named(wanted)).platformAdministrator();
        if (by.tenant().equals(Session.DEFAULT_TENANT)) {
            throw Seat.denied("The first organization is never suspended: platform administrators work in it");
        }
        Tenant suspended = organizations.suspend(by.tenant());
        events.emit("tenant.suspended", by.by(), by.client(), details(suspended));
        return OrganizationAnswers.organization(suspended);
    }

    @PostMapping(path = "/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> resume(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = seats.of(request, named(wanted)).platformAdministrator();
        Tenant resumed = organizations.resume(by.tenant());
        events.emit("tenant.resumed", by.by(), by.client(), details(resumed));
        return OrganizationAnswers.organization(resumed);
    }

    /** Every record of the active tenant, a line of JSON each; see {@link TenantExport}. */
    @GetMapping("/export")
    void export(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Administrator by = seats.of(request, null).owner();
        Tenant tenant = organizations.get(by.tenant());
        events.emit("tenant.exported", by.by(), by.client(), details(tenant));
        response.setContentType("application/x-ndjson");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + tenant.slug() + ".ndjson\"");
        export.write(tenant, by.by().session(), response.getOutputStream());
    }

    /** @param slug of the tenant once more, so that nobody deletes another one by mistake */
    record Deletion(@Nullable String organizationId, @Nullable String slug) {}

    @PostMapping(path = "/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> delete(@RequestBody Deletion wanted, HttpServletRequest request) {
        SignedIn.inPerson(request);
        var required = new Required();
        String id = required.text(wanted.organizationId(), "organizationId");
        String slug = required.text(wanted.slug(), "slug");
        required.check();
        Administrator by = seats.of(request, id).owner();
        Tenant tenant = organizations.get(by.tenant());
        if (!tenant.slug().equals(slug)) {
            throw invalid("slug", "slug is not that of the organization");
        }
        if (tenant.id().equals(Session.DEFAULT_TENANT)) {
            throw Seat.denied("The first organization is never deleted: platform administrators work in it");
        }
        organizations.suspend(tenant.id());
        erasure.later(tenant.id());
        TenantRemoval.Removed removed = removal.remove(tenant.id());
        logins.forgetAll();
        events.emit("tenant.deleted", by.by(), by.client(), Map.of("tenant", tenant.id().toString(), "slug", slug,
                "records", Long.toString(removed.records()), "accounts", Integer.toString(removed.accounts())));
        return Map.of("success", true, "records", removed.records(), "accounts", removed.accounts());
    }

    private static String named(Subject wanted) {
        var required = new Required();
        String id = required.text(wanted.organizationId(), "organizationId");
        required.check();
        return id;
    }

    private static Map<String, String> details(Tenant tenant) {
        return Map.of("tenant", tenant.id().toString(), "slug", tenant.slug());
    }
}
