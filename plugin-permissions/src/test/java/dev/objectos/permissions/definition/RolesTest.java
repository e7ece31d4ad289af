package dev.objectos.permissions.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which sets bring which others. */
class RolesTest {

    private static Roles roles(String... files) {
        var all = new LinkedHashMap<String, String>(Map.of("deals.object.yml", "fields: {name: {type: text}}"));
        for (int i = 0; i < files.length; i++) {
            all.put("roles" + i + ".permission.yml", files[i]);
        }
        return Permissions.of(TestingCatalogs.ofFiles(all)).roles();
    }

    @Test
    void everybodyHoldsWhatEverybodyHas() {
        assertThat(roles().held(List.of())).containsExactly("everyone");
        assertThat(roles().held(List.of("unheard_of"))).containsExactly("everyone", "unheard_of");
    }

    @Test
    void ownersAdminister() {
        assertThat(roles().held(List.of("owner"))).containsExactly("admin", "everyone", "owner");
        assertThat(roles().held(List.of("admin"))).doesNotContain("owner");
    }

    @Test
    void oneBringsAnotherThroughManyStepsAndFiles() {
        Roles roles = roles("roles: {head: {inherits: [sales_manager]}, everyone: {inherits: guest}}",
                "roles: {sales_manager: {inherits: [sales], permission_sets: [reports]}}",
                "roles: {sales: {permission_sets: [contacts]}, head: {inherits: [board]}}");

        assertThat(roles.held(List.of("head"))).containsExactly("board", "contacts", "everyone", "guest", "head",
                "reports", "sales", "sales_manager");
        assertThat(roles.held(List.of("sales"))).containsExactly("contacts", "everyone", "guest", "sales");
    }

    @Test
    void aCircleEnds() {
        Roles roles = roles("roles: {a: {inherits: [b]}, b: {inherits: [c]}, c: {inherits: [a]}}");

        assertThat(roles.held(List.of("b"))).containsExactly("a", "b", "c", "everyone");
    }

    @Test
    void aListNamesRolesAndGivesNothing() {
        Roles roles = roles("roles: [admin, viewer]");

        assertThat(roles.written()).containsOnlyKeys("admin", "viewer");
        assertThat(roles.held(List.of("viewer"))).containsExactly("everyone", "viewer");
    }
}
