package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Violation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlWriterTest {

    private static final List<String> WORDS = List.of("name", "a b", "", " ", "true", "null", "~", "1.10", "-5", "0x1F",
            "yes", "é 漢字 😀", "record.a > 1 && record.b == 'x'", "say \"so\"", "back\\slash", "tab\there",
            "# no comment",
            "- no list", "key: value", "[not, a, list]", "two\nlines", "two\nlines\n", "\nbegins empty", "ends\n\n",
            "  indented\nlines", "line\n  indented\nline", "carriage\r\nreturn", "\u0000\u0007", "\uFEFFmark", "\u2028",
            "{a: b}", "&anchor", "*alias", "!tag", "|", ">", "%", "@", "`", "<<", "=", "${today}", "2024-01-01",
            "trailing \nblank", "a\n\n\nb");

    private static @Nullable Object read(String yaml) {
        var problems = new ArrayList<Violation>();
        Object tree = ItemFiles.tree("a.object.yml", yaml.getBytes(StandardCharsets.UTF_8), problems::add);
        assertThat(problems).as(yaml).isEmpty();
        return tree;
    }

    @Test
    void isReadAsItWasWritten() {
        var random = new Random(7);
        for (int round = 0; round < 3_000; round++) {
            Map<String, @Nullable Object> tree = map(random, 0);
            String yaml = YamlWriter.write(tree);
            assertThat(read(yaml)).as(yaml).isEqualTo(tree);
            assertThat(YamlWriter.write(tree)).isEqualTo(yaml);
        }
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            String key = WORDS.get(random.nextInt(WORDS.size()));
            if (!key.equals("<<")) {
                map.put(key, value(random, depth + 1));
            }
        }
        return map;
    }

    private static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> new BigDecimal(random.nextInt(100_000)).movePointLeft(3);
            case 4, 5 -> WORDS.get(random.nextInt(WORDS.size()));
            case 6 -> map(random, depth);
            default -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, depth + 1));
                }
                yield list;
            }
        };
    }

    @Test
    void isPleasantToRead() {
        var name = new LinkedHashMap<String, Object>(Map.of("type", "select"));
        name.put("options", List.of("active", "left"));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("label", "Room");
        tree.put("fields", Map.of("state", name));
        tree.put("validations", List.of(Map.of("condition", "record.a > 1")));
        tree.put("text", "one\ntwo\n");
        assertThat(YamlWriter.write(tree)).isEqualTo("""
                label: Room
                fields:
                  state:
                    type: select
                    options: [active, left]
                validations:
                  - condition: "record.a > 1"
                text: |
                  one
                  two
                """);
    }
}
