package dev.objectos.runtime.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading what an item says, with the places where it says it. */
class ItemPartTest {

    private static final ItemPart ALL = ItemPart.all(item());

    private static MetadataItem item() {
        return Objects.requireNonNull(TestingCatalogs.ofFiles(Map.of("mine.view.yml", """
                name: mine
                columns: [a, {field: b}]
                single: alone
                shared: true
                size: 7
                inner: {x: {y: z}}
                """)).item("view", "mine").orElse(null));
    }

    private static ItemPart part(String key) {
        return Objects.requireNonNull(ALL.get(key), key);
    }

    private static ItemPart of(@Nullable Object value) {
        return new ItemPart(item(), "part", value);
    }

    @Test
    void knowsWhereEachPartWasWritten() {
        assertThat(ALL.where()).hasToString("mine.view.yml:1:1");
        assertThat(part("columns").elements()).extracting(each -> each.where().toString())
                .containsExactly("mine.view.yml:2:11", "mine.view.yml:2:14");
        ItemPart deep = Objects.requireNonNull(part("inner").get("x"));
        assertThat(deep.path()).isEqualTo("inner/x");
        assertThat(deep.where()).hasToString("mine.view.yml:6:12");
    }

    @Test
    void readsTextsOfWhatIsNoContainer() {
        assertThat(ALL.text("single")).isEqualTo("alone");
        assertThat(ALL.text("size")).isEqualTo("7");
        assertThat(ALL.text("inner")).isNull();
        assertThat(ALL.text("missing")).isNull();
        assertThat(part("size").text()).isEqualTo("7");
        assertThat(part("columns").text()).isEmpty();
        assertThat(of(null).text()).isEmpty();
    }

    @Test
    void tellsMapsListsAndNothingApart() {
        assertThat(part("inner").isMap()).isTrue();
        assertThat(part("columns").isMap()).isFalse();
        assertThat(part("columns").isContainer()).isTrue();
        assertThat(part("single").isContainer()).isFalse();
        assertThat(of(null).isNull()).isTrue();
        assertThat(part("inner").has("x")).isTrue();
        assertThat(part("single").has("x")).isFalse();
        assertThat(part("single").get("x")).isNull();
    }

    @Test
    void readsFlagsThatAreTrue() {
        assertThat(ALL.flag("shared")).isTrue();
        assertThat(ALL.flag("single")).isFalse();
        assertThat(ALL.flag("missing")).isFalse();
    }

    @Test
    void takesTheFirstOfSeveralKeysThatSaysSomething() {
        var content = new LinkedHashMap<String, @Nullable Object>();
        content.put("a", null);
        content.put("b", 2);
        assertThat(Objects.requireNonNull(of(content).first("x", "a", "b")).value()).isEqualTo(2);
        assertThat(of(content).first("x", "a")).isNull();
    }

    @Test
    void readsAListWhoseBracketsMayBeMissing() {
        assertThat(ALL.elements("columns")).extracting(ItemPart::path).containsExactly("columns/0", "columns/1");
        assertThat(ALL.elements("single")).extracting(ItemPart::text).containsExactly("alone");
        assertThat(ALL.elements("missing")).isEmpty();
        assertThat(of(null).elements()).isEmpty();
        assertThat(of(List.of()).elements()).isEmpty();
    }

    @Test
    void readsTheEntriesOfMapsAlone() {
        assertThat(ALL.entries("inner")).containsOnlyKeys("x");
        assertThat(ALL.entries("single")).isEmpty();
        assertThat(ALL.entries("missing")).isEmpty();
    }
}
