package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.objectos.runtime.metadata.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetadataSchemasTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void everyTypeHasASchemaThatIsASchema() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        for (String type : MetadataSchemas.types()) {
            JsonNode document = JSON.valueToTree(MetadataSchemas.schema(type).orElseThrow());
            assertThat(meta.validate(document)).as(type).isEmpty();
        }
        assertThat(meta.validate(JSON.<JsonNode>valueToTree(MetadataSchemas.schema("plugin").orElseThrow()))).isEmpty();
        assertThat(MetadataSchemas.schema("nonsense")).isEmpty();
    }

    @Test
    void isTheSameEachTime() {
        assertThat(JSON.writeValueAsString(MetadataSchemas.schema("object").orElseThrow()))
                .isEqualTo(JSON.writeValueAsString(MetadataSchemas.schema("object").orElseThrow()));
    }

    @Test
    void acceptsTheRealApplications() throws IOException {
        Path folder = RealInputTest.realInput();
        assumeTrue(Files.isDirectory(folder), () -> "SKIPPED: no real input at " + folder);
        var wrong = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var located = MetadataKind.locate(folder.relativize(file).toString());
                MetadataKind kind = located == null ? null : located.kind();
                if (kind != null) {
                    validate(kind.type(), Files.readString(file)).forEach(error -> wrong.add(file + ": " + error));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            object     | fields: {a: {type: txt}}
            object     | fields: {a: {type: text, required: "true"}}
            object     | fields: {a: {type: text, max_length: abc}}
            object     | fields: {a: {type: lookup, reference_to: b, reference: b}}
            object     | fields: []
            object     | indexes: {a: {unique: true}}
            object     | permission_sets: {sales: {allowEverything: true}}
            object     | tenancy: private
            permission | {object: a, surprise: 1}
            permission | {object: a, record_rules: [{name: x}]}
            validation | description: no rules
            workflow   | states: 5
            trigger    | object: a
            api        | method: GET
            data       | mode: insert
            plugin     | id: a
            plugin     | {id: a, version: 1.0.0, permissions: {disk: all}}
            plugin     | {id: a, version: 1.0.0, dependencies: [b]}
            """)
    void refusesWhatTheReaderRefuses(String type, String yaml) {
        assertThat(validate(type, yaml)).isNotEmpty();
    }

    @Test
    void letsUnknownKeysOfAnObjectPass() {
        assertThat(validate("object", "{labl: Contact, fields: {a: {type: text, colour: red}}}")).isEmpty();
    }

    @Test
    void acceptsAManifestThatTheReaderAccepts() {
        assertThat(validate("plugin", "{id: a, version: 1.0.0, dependencies: {b: ^1.0.0, c: {version: '*', optional: "
                + "true}}, hooks: enable, limits: {storage: 5MB}, provides: {objects: [x]}}")).isEmpty();
    }

    private static List<String> validate(String type, String yaml) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.<JsonNode>valueToTree(MetadataSchemas.schema(type).orElseThrow()));
        var findings = new ArrayList<Violation>();
        Element root = YamlReader.read("test.yml", yaml.getBytes(StandardCharsets.UTF_8),
                new Findings(type, "test", findings::add));
        assertThat(findings).isEmpty();
        Object plain = root == null ? Map.of() : root.plain();
        return schema.validate(JSON.<JsonNode>valueToTree(plain)).stream().map(Error::toString).toList();
    }
}
