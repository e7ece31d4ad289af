package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the files hold, a load ends, soon, with a catalog. */
class RobustnessTest {

    private static final String EXAMPLE = """
            name: contacts
            label: Contact
            tenancy: shared
            enable: {audit: true, trash: false}
            fields:
              first_name: {type: text, label: First name, max_length: 80, default: "${currentUser.id}"}
              status: {type: select, options: [{value: active, label: Active}, left], default: active}
              account: {type: lookup, reference_to: contacts, on_delete: set_null}
              total: {type: summary, summary: {object: contacts, field: amount, function: sum, filter: "record.amount > 0"}}
              amount: {type: currency, precision: 18, scale: 2, min: 0}
              full: {type: formula, expression: "record.first_name + 'x'", return_type: text}
              number: {type: autonumber, format: 'C-{0000}'}
            permission_sets: {sales: {allowRead: true, allowEdit: [{field: owner, equals: $currentUser.id}]}}
            indexes: {by_status: {fields: [status, amount], unique: false}}
            validations:
              - {name: positive, condition: "record.amount >= 0", message: No, fields: [amount]}
              - {name: flow, type: state_machine, field: status, transitions: {active: [left], left: []}}
            actions: {go: {type: record, params: {why: {type: textarea}}}}
            """;

    private static final String[] TOKENS = {": ", "\n", "  ", "- ", "[", "]", "{", "}", "'", "\"", "&a ", "*a", "<<: ",
            "!!int ", "|\n", ">\n", "null", "true", "0", "-1", "1e99", "${", "}", "#", "\t", "\u0000", "\u2028", "中",
            "?",
            "%", "@", "`", "fields", "type", "options", "summary", "---\n", "..."};

    @Test
    void neverThrowsWhateverIsWrittenIntoAFile() {
        var random = new Random(20261121);
        for (int round = 0; round < 600; round++) {
            var text = new StringBuilder(EXAMPLE);
            for (int edit = random.nextInt(4); edit >= 0; edit--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
                    case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 30)));
                    default -> text.replace(at, Math.min(text.length(), at + random.nextInt(1, 8)),
                            TOKENS[random.nextInt(TOKENS.length)]);
                }
            }
            String kind = MetadataKind.types().get(round % 4 == 0 ? random.nextInt(MetadataKind.types().size()) : 0);
            Catalog catalog = TestingLoads.load("contacts." + kind + ".yml", text.toString());
            assertThat(catalog.object("user")).isPresent();
        }
    }

    @Test
    void neverThrowsOnBytes() {
        var random = new Random(7);
        for (int round = 0; round < 500; round++) {
            byte[] content = new byte[random.nextInt(200)];
            random.nextBytes(content);
            for (int i = 0; i < content.length; i++) {
                content[i] = (byte) (content[i] & 0x7F);
            }
            var source = new MetadataSource("metadata", List.of(new MetadataFile("a.object.yml", content)));
            assertThat(CatalogLoader.load(round, List.of(source)).version()).isEqualTo(round);
        }
    }

    @Test
    void loadsAThousandObjectsInSeconds() {
        var files = new LinkedHashMap<String, String>();
        for (int object = 0; object < 1_000; object++) {
            var yaml = new StringBuilder("label: Thing\nfields:\n");
            for (int field = 0; field < 20; field++) {
                yaml.append("  field_").append(field).append(field % 5 == 0
                        ? ": {type: lookup, reference_to: thing_" + (object + field) % 1_000 + "}\n"
                        : ": {type: text, label: Some text, max_length: 80, index: true}\n");
            }
            files.put("thing_" + object + ".object.yml", yaml.toString());
        }
        long start = System.nanoTime();
        Catalog catalog = TestingCatalogs.ofFiles(files);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(catalog.objects()).hasSize(1_001);
        assertThat(catalog.children("thing_5")).hasSize(4);
    }

    @Test
    void aLongChainOfObjectsFallsWithItsFirstInOnePass() {
        var files = new LinkedHashMap<String, String>();
        for (int object = 0; object < 2_000; object++) {
            files.put("link_" + object + ".object.yml", object == 0
                    ? "fields: {x: {type: nonsense}}"
                    : "fields: {x: {type: lookup, reference_to: link_" + (object - 1) + "}}");
        }
        long start = System.nanoTime();
        Catalog catalog = TestingCatalogs.loadFiles(files);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
        assertThat(catalog.objects()).hasSize(1);
        assertThat(catalog.errors()).hasSize(2_000);
    }

    @Test
    void findsOneLongCircleOfRequiredLookupsWithoutRunningOutOfStack() {
        var files = new ArrayList<MetadataFile>();
        for (int object = 0; object < 3_000; object++) {
            files.add(new MetadataFile("ring_" + object + ".object.yml",
                    ("fields: {x: {type: lookup, required: true, reference_to: ring_" + (object + 1) % 3_000 + "}}")
                            .getBytes(StandardCharsets.UTF_8)));
        }
        Catalog catalog = CatalogLoader.load(1, List.of(new MetadataSource("metadata", files)));
        assertThat(catalog.objects()).hasSize(1);
        assertThat(catalog.errors().getFirst().message()).isNotEmpty();
    }
}
