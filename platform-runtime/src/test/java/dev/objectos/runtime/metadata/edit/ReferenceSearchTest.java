package dev.objectos.runtime.metadata.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What names objects, fields and items. */
class ReferenceSearchTest {

    private static final Catalog CATALOG = TestingCatalogs.ofFiles(Map.of("deals.object.yml", """
            fields:
              title: {type: text}
              stage: {type: select, options: [open, won]}
              rival: {type: lookup, reference_to: deals}
            """, "parts.object.yml", """
            fields:
              deal: {type: lookup, reference_to: deals}
              others: {type: lookup, reference_to: deals, multiple: true}
              amount: {type: currency}
            """, "buyers.object.yml", """
            fields:
              last: {type: lookup, reference_to: parts}
              parts: {type: summary, summary: {object: parts, reference: buyer, function: count}}
            """, "parts.more.object.yml", "name: parts\nextends: parts\nfields: {buyer: {type: lookup, "
            + "reference_to: buyers}}\n", "deals.view.yml", """
                    name: all_deals
                    label: The stage of deals
                    columns: [title, stage]
                    """, "deals.workflow.yml",
            "state_field: stage\nstates: {open: {transitions: {win: won}}, won: {}}\n",
            "deals.permission.yml", "field_permissions: {title: {read: [sales]}}\n", "sales.app.yml",
            "name: sales\nlabel: deals\nnavigation: [{type: object, object: deals}, {type: object, object: parts}]\n"));

    private static List<String> references(String type, String name, @Nullable String field) {
        return new ReferenceSearch(CATALOG).find(new ItemKey(type, name), field).stream()
                .map(each -> each.item() + " " + each.path() + " " + each.kind()).toList();
    }

    @Test
    void findsLookupsSummariesAndWhatIsAboutAnObject() {
        assertThat(references("object", "deals", null)).contains("object/parts fields.deal lookup",
                "object/parts fields.others lookup", "app/sales navigation.0.object mention")
                .anyMatch(each -> each.startsWith("view/all_deals "))
                .anyMatch(each -> each.startsWith("workflow/deals "))
                .anyMatch(each -> each.startsWith("permission/deals "))
                .noneMatch(each -> each.startsWith("object/deals "));
        assertThat(references("object", "parts", null)).containsExactlyInAnyOrder("object/buyers fields.last lookup",
                "object/buyers fields.parts summary", "app/sales navigation.1.object mention");
    }

    @Test
    void findsViewsWorkflowsAndPermissionsThatNameAField() {
        assertThat(references("object", "deals", "stage")).containsExactlyInAnyOrder(
                "view/all_deals columns.1 mention", "workflow/deals state_field mention");
        assertThat(references("object", "deals", "title")).containsExactlyInAnyOrder(
                "object/deals name_field name_field", "view/all_deals columns.0 mention",
                "permission/deals field_permissions.title mention");
    }

    @Test
    void takesNoPartOfAWordNorProseForAName() {
        assertThat(references("object", "deals", "tit")).isEmpty();
        assertThat(references("object", "deals", "The")).isEmpty();
        assertThat(references("object", "buyers", "last")).isEmpty();
    }

    @Test
    void saysWhereAReferenceWasWritten() {
        assertThat(new ReferenceSearch(CATALOG).find(new ItemKey("object", "deals"), "stage"))
                .anySatisfy(reference -> assertThat(reference.toMap()).containsEntry("type", "view")
                        .containsEntry("file", "deals.view.yml").containsEntry("line", 3)
                        .containsEntry("path", "columns.1"));
    }

    @Test
    void findsWhatNamesAnItemThatIsNoObject() {
        assertThat(references("view", "all_deals", null)).isEmpty();
        assertThat(references("app", "deals", null)).anyMatch("app/sales navigation.0.object mention"::equals);
    }
}
