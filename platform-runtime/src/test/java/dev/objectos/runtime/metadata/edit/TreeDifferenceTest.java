package dev.objectos.runtime.metadata.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.spi.MetadataEditing.Difference;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TreeDifferenceTest {

    @Test
    void tellsWhatIsNewGoneAndDifferentByItsPath() {
        Map<String, Object> before = Map.of("label", "Box", "fields", Map.of("name", Map.of("type", "text")));
        Map<String, Object> after = Map.of("icon", "box", "fields", Map.of("name", Map.of("type", "email")));
        assertThat(TreeDifference.between(before, after)).containsExactlyInAnyOrder(
                new Difference("label", "Box", null), new Difference("icon", null, "box"),
                new Difference("fields.name.type", "text", "email"));
    }

    @Test
    void knowsElementsByTheirNamesWhereverTheyStand() {
        List<?> before = List.of(Map.of("name", "a", "size", 1), Map.of("name", "b", "size", 2));
        List<?> after = List.of(Map.of("name", "b", "size", 3), Map.of("name", "a", "size", 1));
        assertThat(TreeDifference.between(Map.of("rules", before), Map.of("rules", after)))
                .containsExactly(new Difference("rules.b.size", 2, 3));
    }

    @Test
    void knowsOptionsByTheirValues() {
        Map<String, String> red = Map.of("value", "r", "label", "Red");
        Map<String, String> green = Map.of("value", "g", "label", "Green");
        assertThat(TreeDifference.between(List.of(red), List.of(green, red)))
                .containsExactly(new Difference("g", null, green));
    }

    @Test
    void comparesByPositionWhereNamesTellNothingApart() {
        assertThat(TreeDifference.between(List.of("a", "b"), List.of("a", "c", "d"))).containsExactly(
                new Difference("1", "b", "c"), new Difference("2", null, "d"));
        List<?> twice = List.of(Map.of("name", "a", "n", 1), Map.of("name", "a", "n", 2));
        List<?> changed = List.of(Map.of("name", "a", "n", 1), Map.of("name", "a", "n", 3));
        assertThat(TreeDifference.between(twice, changed)).containsExactly(new Difference("1.n", 2, 3));
    }

    @Test
    void takesNumbersOfDifferentClassesForTheSame() {
        assertThat(TreeDifference.between(Map.of("n", 1, "m", 2L), Map.of("n", 1L, "m", new BigDecimal("2"))))
                .isEmpty();
        assertThat(TreeDifference.between(Map.of("n", 1), Map.of("n", "1")))
                .containsExactly(new Difference("n", 1, "1"));
    }

    @Test
    void showsValuesOfAnotherShapeWhole() {
        assertThat(TreeDifference.between(Map.of("index", List.of("a")), Map.of("index", true)))
                .containsExactly(new Difference("index", List.of("a"), true));
        assertThat(TreeDifference.between(null, "x")).containsExactly(new Difference("", null, "x"));
    }
}
