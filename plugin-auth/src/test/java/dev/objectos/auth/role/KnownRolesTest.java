package dev.objectos.auth.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.spi.RoleNames;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts as a role. */
final class KnownRolesTest {

    private static KnownRoles roles(List<RoleNames> sources, MetadataItem... items) {
        var catalogs = new Catalogs();
        catalogs.publish(new Catalog(1, Map.of(), Map.of(), List.of(items), List.of(), List.of()));
        return new KnownRoles(catalogs, () -> sources);
    }

    private static MetadataItem item(String type, Map<String, Object> content) {
        return new MetadataItem(type, type, null, content, List.of(), "test", new SourceLocation("file", 1, 1));
    }

    @Test
    void areThoseOfThePlatformOfPermissionsAndOfWhateverGivesThemWork() {
        KnownRoles roles = roles(List.of(_ -> Set.of("sales")),
                item("workflow", Map.of("steps", List.of(Map.of("type", "role", "role", "finance_admin")))),
                item("api", Map.of("roles", List.of("clerk"))),
                item("app", Map.of("roles", Map.of("boss", Map.of("label", "Boss")))),
                item("data", Map.of("records", List.of(Map.of("role", "of a record")))));
        assertThat(roles.require(Set.of("sales", "finance_admin", "clerk", "boss", "owner", "admin", "member", "user")))
                .hasSize(8);
        assertThat(roles.unknown(Set.of("sales", "of a record", "nobody"))).containsExactlyInAnyOrder("of a record",
                "nobody");
    }

    @Test
    void areNamedWhereOneIsMisspelt() {
        KnownRoles roles = roles(List.of(_ -> Set.of("sales")));
        assertThatThrownBy(() -> roles.require(Set.of("salse", "member"))).isInstanceOf(PlatformException.class)
                .hasMessageContaining("salse").hasMessageContaining("admin, member, owner, sales");
        assertThat(roles.require(Set.of("left-over", "member"), Set.of("left-over"))).as("what somebody has may stay")
                .hasSize(2);
    }

    @Test
    void areWhateverPeopleLikeWhereNobodyGivesThemAMeaning() {
        assertThat(roles(List.of()).require(Set.of("anything"))).containsExactly("anything");
    }
}
