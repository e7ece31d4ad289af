package dev.objectos.permissions.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.permissions.PermissionItems;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.explain.Explanation;
import dev.objectos.permissions.explain.Layer;
import dev.objectos.permissions.explain.SystemExplainer;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Authority;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.session.UserIdentity;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What somebody may do beyond records, and over whom. */
class AuthoritiesTest {

    private static final UUID ELSEWHERE = UUID.fromString("00000000-0000-7000-8000-000000000002");

    private static Catalog catalog(String... files) {
        var all = new LinkedHashMap<String, String>();
        for (int i = 0; i < files.length; i++) {
            all.put("permissions/file" + i + ".permission.yml", files[i]);
        }
        return TestingCatalogs.loadFiles(all);
    }

    private static Authority of(Catalog catalog, String... roles) {
        return Authorities.of(catalog).of(Session.DEFAULT_TENANT, Set.of(roles), false);
    }

    @Test
    void setsAndRolesGrantAndAreInherited() {
        Catalog catalog = catalog("""
                roles:
                  lead_auditor: {inherits: [auditor]}
                  keeper: {system_permissions: manage_data}
                permission_sets:
                  auditor: {system_permissions: [view_audit, explain_permissions]}
                """, """
                name: sharer
                system_permissions: [manage_sharing]
                """);

        assertThat(catalog.violations()).isEmpty();
        assertThat(of(catalog, "auditor").permissions()).contains(SystemPermission.VIEW_AUDIT,
                SystemPermission.EXPLAIN_PERMISSIONS).doesNotContain(SystemPermission.MANAGE_DATA);
        assertThat(of(catalog, "lead_auditor").may(SystemPermission.VIEW_AUDIT)).isTrue();
        assertThat(of(catalog, "keeper").may(SystemPermission.MANAGE_DATA)).isTrue();
        assertThat(of(catalog, "sharer").may(SystemPermission.MANAGE_SHARING)).isTrue();
        assertThat(of(catalog, "nobody").permissions()).containsExactlyInAnyOrder(SystemPermission.EXPORT_DATA,
                SystemPermission.IMPORT_DATA, SystemPermission.API_ACCESS);
    }

    @Test
    void unknownRightsAreErrorsWhereTheyStand() {
        Catalog catalog = catalog("""
                permission_sets:
                  auditor:
                    system_permissions: [view_audit, view_adit]
                """);

        assertThat(catalog.violations()).extracting(Violation::message)
                .containsExactly("'system_permissions' does not know 'view_adit'");
        assertThat(catalog.violations().getFirst().isError()).isTrue();
        assertThat(catalog.violations().getFirst().where().line()).isEqualTo(3);
    }

    @Test
    void setsThatPermitSomethingWithRecordsStillNeedAnObject() {
        Catalog catalog = catalog("permission_sets: {sales: {allowRead: true, system_permissions: [view_audit]}}");

        assertThat(Permissions.of(catalog).violations()).extracting(Violation::message)
                .containsExactly("the sets say of no object what they permit");
    }

    @Test
    void administratorsHaveWhatIsAboutTheirTenantAndNothingOfTheInstallation() {
        Authority admin = of(catalog(), "admin");

        assertThat(admin.permissions()).contains(SystemPermission.MANAGE_USERS, SystemPermission.VIEW_AUDIT,
                SystemPermission.EXPORT_DATA);
        assertThat(admin.permissions()).noneMatch(SystemPermission::ofInstallation);
        assertThat(of(catalog(), "owner")).isEqualTo(admin);
        assertThat(Authorities.of(catalog()).of(ELSEWHERE, Set.of(), true).permissions())
                .containsExactlyInAnyOrder(SystemPermission.values());
    }

    @Test
    void rightsOverTheInstallationCountInTheFirstTenantAlone() {
        Catalog catalog = catalog("roles: {builder: {system_permissions: [manage_metadata, view_audit]}}");

        assertThat(of(catalog, "builder").may(SystemPermission.MANAGE_METADATA)).isTrue();
        Authority elsewhere = Authorities.of(catalog).of(ELSEWHERE, Set.of("builder"), false);
        assertThat(elsewhere.may(SystemPermission.MANAGE_METADATA)).isFalse();
        assertThat(elsewhere.may(SystemPermission.VIEW_AUDIT)).isTrue();
    }

    @Test
    void whatEverybodyMayIsForHoldersOnceASetGrantsIt() {
        Catalog catalog = catalog("permission_sets: {analyst: {system_permissions: [export_data]}}");

        assertThat(of(catalog, "analyst").may(SystemPermission.EXPORT_DATA)).isTrue();
        assertThat(of(catalog, "clerk").may(SystemPermission.EXPORT_DATA)).isFalse();
        assertThat(of(catalog, "clerk").may(SystemPermission.IMPORT_DATA)).isTrue();
        assertThat(of(catalog, "admin").may(SystemPermission.EXPORT_DATA)).isTrue();
    }

    private static final String DELEGATION = """
            roles:
              desk_lead:
                inherits: [support, member]
                system_permissions: [manage_users, assign_roles]
                assignable_roles: [support, member, payroll, admin]
              payroll_lead: {inherits: [payroll, support], system_permissions: [assign_roles]}
              payroll: {system_permissions: [view_audit]}
              builder: {system_permissions: [manage_metadata]}
              chief: {inherits: [admin], system_permissions: [assign_roles]}
            """;

    @Test
    void delegatesReachTheRolesThatAreNamedForThemAndThatTheyHold() {
        Authority lead = of(catalog(DELEGATION), "desk_lead");

        assertThat(lead.reach().roles()).containsExactlyInAnyOrder("support", "member");
        assertThat(lead.assigns(Set.of("support", "member"))).isTrue();
        assertThat(lead.assigns(Set.of("support", "payroll"))).isFalse();
        assertThat(lead.assigns(Set.of("desk_lead"))).isFalse();
        assertThat(lead.assigns(Set.of("unheard_of"))).isFalse();
    }

    @Test
    void delegatesForWhomNothingIsNamedReachWhatTheyHold() {
        Authority lead = of(catalog(DELEGATION), "payroll_lead");

        assertThat(lead.reach().roles()).containsExactlyInAnyOrder("payroll_lead", "payroll", "support", "everyone");
    }

    @Test
    void nobodyReachesAdministratorsByInheritance() {
        Authority chief = of(catalog(DELEGATION), "chief");

        assertThat(chief.may(SystemPermission.MANAGE_USERS)).isFalse();
        assertThat(chief.assigns(Set.of("admin"))).isFalse();
        assertThat(chief.assigns(Set.of("owner"))).isFalse();
    }

    @Test
    void administratorsReachEverybodyButWhoHasMoreThanThey() {
        Authority admin = of(catalog(DELEGATION), "admin");

        assertThat(admin.assigns(Set.of("payroll", "unheard_of"))).isTrue();
        assertThat(admin.assigns(Set.of("builder"))).isFalse();
        assertThat(admin.reach().covers(Set.of("support", "builder"))).isFalse();
        assertThat(of(catalog(DELEGATION), "admin", "builder").assigns(Set.of("builder"))).isTrue();
        assertThat(of(catalog(DELEGATION), "support").reach()).satisfies(reach -> assertThat(reach.rest()).isFalse());
        assertThat(of(catalog(DELEGATION), "support").assigns(Set.of("support"))).isFalse();
    }

    @Test
    void explainsByWhatSomebodyHasARight() {
        Catalog catalog = catalog(DELEGATION);

        Explanation granted = SystemExplainer.explain(SystemPermission.VIEW_AUDIT, session(catalog, "payroll"),
                catalog);
        assertThat(granted.allowed()).isTrue();
        assertThat(granted.layers()).singleElement().satisfies(layer -> {
            assertThat(layer.rule()).isEqualTo("payroll");
            assertThat(layer.source()).isNotNull().satisfies(where -> assertThat(where.line()).isEqualTo(7));
        });
        Explanation denied = SystemExplainer.explain(SystemPermission.VIEW_AUDIT, session(catalog, "desk_lead"),
                catalog);
        assertThat(denied.allowed()).isFalse();
        assertThat(denied.layers()).extracting(Layer::because).singleElement().asString().contains("these do: payroll");
    }

    private static Session session(Catalog catalog, String role) {
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(UUID.randomUUID(), "me@example.com", "Me", null),
                Set.of(role), false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST, null, null, of(catalog, role));
    }

    @Test
    void viewsAreForWhomTheyAreNamedFor() {
        Catalog catalog = TestingCatalogs.loadFiles(Map.of("objects/deals.object.yml", """
                name: deals
                fields: {name: {type: text}, margin: {type: number}}
                """, "views/pipeline.view.yml", "{name: pipeline, object: deals, columns: [name, margin]}",
                "permissions/deals.permission.yml", """
                        object: deals
                        permission_sets: {sales: {allowRead: true}}
                        view_permissions:
                          pipeline: {access: [sales], field_restrictions: {margin: {visible_to: [boss]}}}
                          pipelin:  {access: [sales]}
                        """));
        var item = catalog.item("view", "pipeline").orElseThrow();
        var rights = new PermissionItems(new RightsByCatalog(_ -> List.of()));

        assertThat(rights.of(item, session(catalog, "clerk"), catalog).visible()).isFalse();
        assertThat(rights.of(item, session(catalog, "sales"), catalog).withheld()).containsExactly("margin");
        assertThat(Permissions.of(catalog).violations()).extracting(Violation::message)
                .singleElement().asString().contains("'pipelin' of deals");
    }
}
