package dev.objectos.runtime.plugin.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Violation;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

    private static final String COMPLETE = """
            id: acme-loyalty
            name: Loyalty
            version: 1.4.0-rc.1
            description: Points for customers
            publisher: Acme
            homepage: https://acme.example
            license: Apache-2.0
            tier: pro
            dependencies:
              objectos-crm: ^1.0.0
              objectos-audit: {version: '>=1.0.0 <3.0.0', optional: true}
            provides:
              objects: [points, './objects/*.object.yml']
              translations: [en, zh-CN]
            capabilities:
              offers: {acme.points: 1.0.0}
              needs: {mail.send: ^1.0.0}
            hooks: [install, onEnable]
            permissions:
              network: [api.acme.example:443, '*.acme.example']
              files: [reports/]
              objects: {user: read, account: [read, update]}
              secrets: [ACME_API_KEY]
              ports: [7007, 7008]
            limits: {concurrency: 4, handlerTime: 500ms, queue: 10, storage: 50MB, databaseTime: 2s}
            isolation: in-process
            profiles: [full, cloud]
            settings:
              greeting: {required: true, options: [Hello, Goodbye]}
              share: {type: number, min: 0, max: 1, default: 0.5}
              patience: {type: duration, default: 5s}
              loud: {type: boolean, default: true}
            """;

    @Test
    void readsEverythingThatAPluginSaysOfItself() {
        ManifestReading reading = TestingManifests.read(COMPLETE, "objects/points.object.yml", "translations/en.yml",
                "translations/zh-CN.yml");
        assertThat(reading.violations()).isEmpty();
        PluginManifest manifest = java.util.Objects.requireNonNull(reading.manifest());
        assertThat(manifest.id()).isEqualTo("acme-loyalty");
        assertThat(manifest.version()).hasToString("1.4.0-rc.1");
        assertThat(manifest.about()).isEqualTo(
                new About("Loyalty", "Points for customers", "Acme", "https://acme.example", "Apache-2.0"));
        assertThat(manifest.tier()).isEqualTo(Tier.PRO);
        assertThat(manifest.dependencies()).isEqualTo(Map.of("objectos-crm", requirement("^1.0.0", false),
                "objectos-audit", requirement(">=1.0.0 <3.0.0", true)));
        assertThat(manifest.provides()).containsEntry(ContentType.TRANSLATIONS, List.of("en", "zh-CN"));
        assertThat(manifest.capabilities().offers()).isEqualTo(Map.of("acme.points", Version.parse("1.0.0")));
        assertThat(manifest.capabilities().needs()).isEqualTo(Map.of("mail.send", requirement("^1.0.0", false)));
        assertThat(manifest.hooks()).containsExactly(Hook.INSTALL, Hook.ENABLE);
        assertThat(manifest.permissions().objects()).isEqualTo(
                Map.of("user", Set.of("read"), "account", Set.of("read", "update")));
        assertThat(manifest.permissions().ports()).containsExactly(7007, 7008);
        assertThat(manifest.permissions().network()).containsExactly("api.acme.example:443", "*.acme.example");
        assertThat(manifest.limits()).isEqualTo(
                new Limits(4, Duration.ofMillis(500), 10, 50L << 20, Duration.ofSeconds(2)));
        assertThat(manifest.profiles()).containsExactly(Profile.FULL, Profile.CLOUD);
        assertThat(manifest.settings()).containsExactly(
                new SettingDefinition("greeting", SettingType.TEXT, true, List.of("Hello", "Goodbye"), null, null,
                        null),
                new SettingDefinition("share", SettingType.NUMBER, false, List.of(), BigDecimal.ZERO, BigDecimal.ONE,
                        new BigDecimal("0.5")),
                new SettingDefinition("patience", SettingType.DURATION, false, List.of(), null, null,
                        Duration.ofSeconds(5)),
                new SettingDefinition("loud", SettingType.BOOLEAN, false, List.of(), null, null, true));
    }

    @Test
    void needsOnlyAnIdAndAVersion() {
        PluginManifest manifest = TestingManifests.manifest("id: crm\nversion: 1.0.0\n");
        assertThat(manifest.about().name()).isEqualTo("crm");
        assertThat(manifest.tier()).isEqualTo(Tier.COMMUNITY);
        assertThat(manifest.limits()).isEqualTo(Limits.DEFAULT);
        assertThat(manifest.profiles()).containsExactly(Profile.values());
    }

    @Test
    void reportsEverythingTogetherWithItsPlace() {
        ManifestReading reading = TestingManifests.read("""
                id: Acme_CRM
                version: 1.0
                dependecies: {a: '*'}
                dependencies: {objectos-crm: latest}
                permissions: {netwrok: [a.example]}
                limits: {handlerTime: 5}
                isolation: out-of-process
                """);
        assertThat(reading.manifest()).isNull();
        assertThat(reading.violations()).extracting(Violation::toString).containsExactly(
                "plugin.yml:1:5: error: the id 'Acme_CRM' is no plugin's id (write lower-case words joined by dashes, "
                        + "at most 40 characters, such as acme-loyalty)",
                "plugin.yml:2:10: error: '1.0' is no version (write three numbers, such as 1.4.0 or 2.0.0-rc.1)",
                "plugin.yml:3:1: warning: a plugin has no key 'dependecies' (did you mean 'dependencies'?)",
                "plugin.yml:4:30: error: 'latest' is no range of versions (write ^1.2.0, ~1.2.0, '>=1.2.0 <3.0.0', "
                        + "1.2.0 or *)",
                "plugin.yml:5:15: error: permissions has no key 'netwrok' (did you mean 'network'?)",
                "plugin.yml:6:23: error: '5' is no duration (give the unit: 500ms, 5s, 2m or 1h)",
                "plugin.yml:7:12: error: out-of-process isolation is not available (write isolation: in-process, and "
                        + "install the plugin only where its publisher is trusted)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                                        | the file is empty
            [a]                                       | the file must be a map of keys, not a list
            version: 1.0.0                            | a plugin needs 'id'
            id: a                                     | a plugin needs 'version'
            {id: ../evil, version: 1.0.0}             | the id '../evil' is no plugin's id
            {id: runtime, version: 1.0.0}             | the id 'runtime' belongs to the platform
            {id: a, version: 1.0.0, tier: gold}       | 'tier' does not know 'gold'
            {id: a, version: 1.0.0, dependencies: [b]} | 'dependencies' must be a map, not a list
            {id: a, version: 1.0.0, dependencies: {a: '*'}} | the plugin depends on itself
            {id: a, version: 1.0.0, dependencies: {'@b/c': '*'}} | '@b/c' is no plugin's id
            {id: a, version: 1.0.0, dependencies: {b: {optional: true}}} | a requirement needs 'version'
            {id: a, version: 1.0.0, hooks: [onBoot]}  | 'hooks' does not know 'onBoot'
            {id: a, version: 1.0.0, profiles: huge}   | 'profiles' does not know 'huge'
            {id: a, version: 1.0.0, limits: {concurrency: 0}} | 'concurrency' is 0, out of bounds
            {id: a, version: 1.0.0, limits: {storage: 5}} | '5' is no size
            {id: a, version: 1.0.0, limits: {databaseTime: 0s}} | '0s' is no duration
            {id: a, version: 1.0.0, permissions: {network: ['http://a.example/x']}} | 'http://a.example/x' is no host
            {id: a, version: 1.0.0, permissions: {files: [../etc]}} | '../etc' is no path below the plugin's folder
            {id: a, version: 1.0.0, permissions: {secrets: ['a b']}} | 'a b' is no name of a secret
            {id: a, version: 1.0.0, permissions: {ports: [70000]}} | 65535
            {id: a, version: 1.0.0, permissions: {ports: [http]}} | ports
            {id: a, version: 1.0.0, permissions: {objects: {user: admin}}} | 'user' does not know 'admin'
            {id: a, version: 1.0.0, capabilities: {offers: {Mail: 1.0.0}}} | 'Mail' is no name of a capability
            {id: a, version: 1.0.0, capabilities: {offers: {mail: one}}} | 'one' is no version
            {id: a, version: 1.0.0, capabilities: {needs: {mail: one}}} | 'one' is no range of versions
            {id: a, version: 1.0.0, isolation: none}  | 'isolation' does not know 'none'
            {id: a, version: 1.0.0, settings: {Most: {}}} | 'Most' is no name of a setting
            {id: a, version: 1.0.0, settings: {most: {type: colour}}} | 'type' does not know 'colour'
            {id: a, version: 1.0.0, settings: {most: {type: integer, default: many}}} | 'many' is no integer
            {id: a, version: 1.0.0, settings: {most: {type: integer, max: 3, default: 4}}} | 4 is more than 3
            {id: a, version: 1.0.0, settings: {most: {options: [a, b], default: c}}} | 'c' is none of a, b
            {id: a, version: 1.0.0, settings: {most: {default: [a]}}} | the default must be a single value
            {id: a, version: 1.0.0, settings: {most: {min: 1}}} | min is for integers and numbers
            {id: a, version: 1.0.0, settings: {most: {type: boolean, options: [a]}}} | options are for texts
            {id: a, version: 1.0.0, settings: {most: {secret: true}}} | a setting has no key 'secret'
            """)
    void saysWhatIsWrong(String yaml, String problem) {
        ManifestReading reading = TestingManifests.read(yaml);
        assertThat(reading.manifest()).isNull();
        assertThat(reading.errors()).contains(problem);
    }

    @Test
    void comparesWhatIsProvidedWithWhatIsThere() {
        ManifestReading reading = TestingManifests.read("""
                id: a
                version: 1.0.0
                provides:
                  objects: [account, contcat, 'objects/sales/*.yml']
                  workflows: lead
                """, "objects/account.object.yml", "objects/contact.object.yml", "workflows/lead.workflow.yml");
        assertThat(reading.violations()).extracting(Violation::toString).containsExactly(
                "plugin.yml:4:22: error: the package provides no object 'contcat' (did you mean 'contact'?)",
                "plugin.yml:4:31: error: the package provides no object 'objects/sales/*.yml' (add its file, or remove "
                        + "it here)");
    }

    private static Requirement requirement(String range, boolean optional) {
        return new Requirement(VersionRange.parse(range), optional);
    }
}
