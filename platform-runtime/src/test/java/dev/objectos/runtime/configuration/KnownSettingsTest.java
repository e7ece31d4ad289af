package dev.objectos.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.objectos.runtime.autoconfigure.ProfileProperties;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.event.delivery.EventProperties;
import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.storage.keyvalue.StorageProperties;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KnownSettingsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KnownSettings known = KnownSettings.of(List.of(HealthProperties.class, DatabaseProperties.class,
            EventProperties.class, StorageProperties.class, ProfileProperties.class, String.class));

    @Test
    void readsNamesTypesAndDefaultsFromTheRecords() {
        assertThat(known.settings()).contains(
                new KnownSetting("objectos.health.free-space", org.springframework.util.unit.DataSize.class, false,
                        "1GB"),
                new KnownSetting("objectos.database.pools.app", int.class, false, "16"),
                new KnownSetting("objectos.database.url", String.class, false, null),
                new KnownSetting("objectos.events.subscribers.*.retries", Integer.class, false, null),
                new KnownSetting("objectos.storage.encryption.retired-key-files", java.nio.file.Path.class, true,
                        null));
    }

    @ParameterizedTest
    @CsvSource({"objectos.health.freeSpace", "objectos.health.free_space", "objectos.health.free-space",
            "objectos.events.subscribers.acme-mail.retries", "objectos.storage.encryption.retired-key-files[0]",
            "objectos.plugins.objectos-crm.enabled", "objectos.plugins.acme-mail.settings.greeting", "server.port"})
    void knowsANameHoweverItIsJoined(String name) {
        assertThat(known.unknown(name)).isNull();
    }

    @Test
    void doesNotKnowWhatNobodyReads() {
        assertThat(known.unknown("objectos.helth.interval")).contains("did you mean 'objectos.health.interval'?");
        assertThat(known.unknown("objectos.health.interval.more")).startsWith("nothing reads");
    }

    @Test
    void makesASchemaThatIsASchema() {
        Schema meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(JSON.<JsonNode>valueToTree(known.schema()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"objectos\": {\"health\": {\"interval\": \"20s\", \"failures\": 3}}}|true",
            "{\"objectos\": {\"health\": {\"interval\": \"soon\"}}}|false",
            "{\"objectos\": {\"health\": {\"failures\": \"many\"}}}|false",
            "{\"objectos\": {\"health\": {\"intervall\": \"20s\"}}}|false",
            "{\"objectos\": {\"profile\": \"lite\", \"plugins\": {\"objectos-crm\": {\"enabled\": false}}}}|true",
            "{\"objectos\": {\"profile\": \"huge\"}}|false",
            "{\"objectos\": {\"storage\": {\"maximum-value\": \"2MB\", \"quotas\": {\"acme\": {\"bytes\": \"1GB\"}}}}}|true",
            "{\"objectos\": {\"storage\": {\"quotas\": {\"acme\": {\"bites\": \"1GB\"}}}}}|false",
            "{\"server\": {\"port\": 9000}, \"logging\": {\"level\": {\"root\": \"INFO\"}}}|true"})
    void theSchemaTellsGoodFilesFromBadOnes(String file, boolean good) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JSON.<JsonNode>valueToTree(known.schema()));
        List<Error> errors = schema.validate(JSON.readTree(file));
        assertThat(errors.isEmpty()).as(errors.toString()).isEqualTo(good);
    }
}
