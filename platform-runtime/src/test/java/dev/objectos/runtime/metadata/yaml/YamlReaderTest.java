package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.Violation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    private final List<Violation> found = new ArrayList<>();

    @Test
    void readsUnquotedWordsAsYamlTwelveDoes() {
        @Nullable
        Element root = read("""
                operator: =
                merge: yes
                off: no
                date: 2026-01-31
                time: 12:30:00
                octal: 0o17
                hex: 0xff
                leading: 007
                sign: +5
                big: 12345678901234567890
                long: 5000000000
                decimal: 99.99
                exponent: 1e3
                truth: true
                nothing: ~
                empty:
                quoted: "1"
                version: 1.2.3
                dots: ...
                infinity: .inf
                """);
        assertThat(plain(root)).containsEntry("operator", "=").containsEntry("merge", "yes").containsEntry("off", "no")
                .containsEntry("date", "2026-01-31").containsEntry("time", "12:30:00").containsEntry("octal", 15)
                .containsEntry("hex", 255).containsEntry("leading", 7).containsEntry("sign", 5)
                .containsEntry("big", new java.math.BigInteger("12345678901234567890"))
                .containsEntry("long", 5_000_000_000L).containsEntry("decimal", new BigDecimal("99.99"))
                .containsEntry("exponent", new BigDecimal("1e3")).containsEntry("truth", true)
                .containsEntry("nothing", null).containsEntry("empty", null).containsEntry("quoted", "1")
                .containsEntry("version", "1.2.3").containsEntry("infinity", ".inf");
        assertThat(found).isEmpty();
    }

    @Test
    void knowsWhereEachElementStands() {
        var root = (Element.Entries) Objects.requireNonNull(read("""
                label: Contact
                fields:
                  name: {type: text}
                list:
                  - first
                  - second
                """));
        assertThat(root.keyWhere("fields")).hasToString("test.yml:2:1");
        var fields = (Element.Entries) Objects.requireNonNull(root.get("fields"));
        assertThat(fields.valueWhere("name")).hasToString("test.yml:3:9");
        assertThat(root.list("list").get(1).where()).hasToString("test.yml:6:5");
    }

    @Test
    void resolvesAliasesAndMergeKeys() {
        @Nullable
        Element root = read("""
                base: &base {type: text, required: true}
                name: {<<: *base, label: Name, required: false}
                same: *base
                """);
        assertThat(plain(root)).containsEntry("name",
                Map.of("type", "text", "label", "Name", "required", false))
                .containsEntry("same", Map.of("type", "text", "required", true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a: 1\n\tb: 2'                    | 2:1 | a tab is used where YAML wants spaces
            'a: 1\nb: 2\na: 3'                | 3:1 | the key 'a' is written twice, first in line 1
            'a: !!java.net.URL [x]'           | 1:4 | the tag !!java.net.URL is not allowed
            'a: !custom x'                    | 1:4 | the tag !custom is not allowed
            'a: !!binary aGk='                | 1:4 | the tag !!binary is not allowed
            'a: 1\n---\nb: 2'                 | 2:1 | the file holds several documents
            '[a, b]: 1'                       | 1:1 | a key is not plain text
            'a: *missing'                     | 1:4 | the alias *missing has no anchor &missing before it
            'a: &a [*a]'                      | 1:8 | the alias *a contains itself
            ''                                | 1:1 | the file is empty
            '# only a comment'                | 1:1 | the file is empty
            'a: b: c'                         | 1:5 | the file is not valid YAML: mapping values are not allowed here
            """)
    void refusesWithThePlace(String yaml, String place, String message) {
        assertThat(read(yaml.replace("\\n", "\n").replace("\\t", "\t"))).isNull();
        assertThat(found).singleElement().satisfies(violation -> {
            assertThat(violation.where()).hasToString("test.yml:" + place);
            assertThat(violation.message()).isEqualTo(message);
            assertThat(violation.isError()).isTrue();
        });
    }

    @Test
    void refusesNestingThatIsTooDeep() {
        assertThat(read("a: " + "[".repeat(100_000))).isNull();
        assertThat(found).singleElement().extracting(Violation::message)
                .isEqualTo("the file is nested deeper than 50 levels");
    }

    @Test
    void refusesAliasesThatMultiply() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [").append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("]\n");
        }
        assertThat(read(bomb.toString())).isNull();
        assertThat(found).singleElement().extracting(Violation::message).asString().contains("aliases multiply");
    }

    @Test
    void refusesALargeFileWithoutReadingIt() {
        byte[] large = "a: 1\n".repeat(2_000_000).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        assertThat(YamlReader.read("test.yml", large, findings())).isNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
        assertThat(found).singleElement().extracting(Violation::message).isEqualTo("the file is larger than 1 MB");
    }

    @Test
    void readsALargeFileThatIsAllowed() {
        String line = "- {a: 1, b: two, c: [3, 4]}\n";
        byte[] content = line.repeat(MetadataFile.MAX_BYTES / line.length()).getBytes(StandardCharsets.UTF_8);
        assertThat(YamlReader.read("test.yml", content, findings())).isInstanceOf(Element.Items.class);
        assertThat(found).isEmpty();
    }

    @Test
    void refusesWhatIsNotUtf8() {
        assertThat(YamlReader.read("test.yml", new byte[]{'a', ':', ' ', (byte) 0xE4, (byte) 0xFF}, findings()))
                .isNull();
        assertThat(YamlReader.read("test.yml", "a: ä".getBytes(StandardCharsets.UTF_16), findings())).isNull();
        assertThat(found).hasSize(2).allSatisfy(violation -> assertThat(violation.message())
                .isEqualTo("the file is not UTF-8 text"));
    }

    @Test
    void readsAByteOrderMarkAndTabsInJson() {
        assertThat(plain(read("\uFEFFa: ä"))).containsEntry("a", "ä");
        @Nullable
        Element json = YamlReader.read("test.json", "{\n\t\"a\": \"\\u4e2d\",\n\t\"b\": [1]\n}"
                .getBytes(StandardCharsets.UTF_8), findings());
        assertThat(plain(json)).containsEntry("a", "中").containsEntry("b", List.of(1));
    }

    private @Nullable Element read(String yaml) {
        return YamlReader.read("test.yml", yaml.getBytes(StandardCharsets.UTF_8), findings());
    }

    private Findings findings() {
        return new Findings("object", "test", found::add);
    }

    private static Map<String, @Nullable Object> plain(@Nullable Element element) {
        return ((Element.Entries) Objects.requireNonNull(element)).plain();
    }
}
