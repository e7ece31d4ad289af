package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.OnDelete;
import dev.objectos.runtime.metadata.Relationship;
import dev.objectos.runtime.metadata.Violation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications that nobody here wrote load as they are. */
class RealInputTest {

    @Test
    void loadsTheEnterpriseApplication() {
        Catalog catalog = load("enterprise-erp");
        assertThat(catalog.violations()).isEmpty();
        assertThat(catalog.objects()).hasSize(20).allSatisfy(object -> assertThat(object.fields()).isNotEmpty());
        ObjectDefinition user = catalog.object("users").orElseThrow();
        assertThat(user.label()).isEqualTo("System User (Extended)");
        assertThat(user.fields()).containsKeys("mobile", "employee", "two_factor_enabled", "avatar");
        assertThat(user.field("email").orElseThrow().required()).isTrue();
        assertThat(user.field("locale").orElseThrow().type()).isInstanceOf(FieldType.Choice.class);
        assertThat(catalog.object("crm_contact").orElseThrow().field("full_name").orElseThrow().type())
                .isInstanceOf(FieldType.Formula.class);
        assertThat(catalog.items("translation")).extracting(MetadataItem::name).containsExactlyInAnyOrder("en",
                "zh-CN");
        assertThat(catalog.children("crm_account")).extracting(Relationship::name).contains("crm_contact",
                "crm_opportunity", "crm_account");
    }

    @Test
    void loadsTheProjectTracker() {
        Catalog catalog = load("project-tracker");
        assertThat(catalog.violations()).extracting(Violation::toString).containsExactly(
                "src/modules/projects/projects.data.yml:12:13: warning: 'medium' is none of the options of 'priority'"
                        + " (write one of low, normal, high)");
        ObjectDefinition tasks = catalog.object("tasks").orElseThrow();
        assertThat(tasks.field("project").orElseThrow().type())
                .isEqualTo(new FieldType.Reference("lookup", "projects", OnDelete.SET_NULL));
        assertThat(tasks.field("priority").orElseThrow().type()).isInstanceOf(FieldType.Choice.class);
        ObjectDefinition projects = catalog.object("projects").orElseThrow();
        assertThat(projects.field("owner").orElseThrow().type()).isInstanceOf(FieldType.Text.class);
        assertThat(projects.validations()).extracting("name").containsExactly("valid_date_range", "positive_budget",
                "comment_required_if_high_budget");
        assertThat(projects.actions().get("import_projects"))
                .satisfies(action -> assertThat(action.onRecord()).isFalse());
        assertThat(catalog.items("permission")).extracting(MetadataItem::object).contains("projects", "tasks");
        assertThat(catalog.items("data")).hasSize(3);
        assertThat(catalog.item("workflow", "project_approval")).isPresent();
    }

    private static Catalog load(String application) {
        Path folder = realInput().resolve(application);
        assumeTrue(Files.isDirectory(folder), () -> "SKIPPED: no real input at " + folder);
        return CatalogLoader.load(1, List.of(MetadataSource.directory(folder)));
    }

    /** Beside the project's root, wherever the tests are started. */
    static Path realInput() {
        Path at = Path.of("").toAbsolutePath();
        while (at.getParent() != null && !Files.exists(at.resolve(".mvn"))) {
            at = at.getParent();
        }
        return at.resolveSibling("shared").resolve("real-input");
    }
}
