package dev.objectos.runtime.health.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.database.DatabaseDiagnostics;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.DatabaseProperties.Pools;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.database.PlatformMigrations;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.spi.DoctorFinding;
import dev.objectos.runtime.spi.DoctorFinding.Status;
import dev.objectos.runtime.storage.file.DiskFileStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@RunsBesideOthers
class InstallationDoctorTest {

    private static final Catalog CATALOG = TestingCatalogs.of( //
            "{name: firms, fields: {title: {type: text, required: true}}}", //
            "{name: people, fields: {full_name: {type: text}, email: {type: email, unique: true}, "
                    + "age: {type: integer, index: true}, firm: {type: lookup, reference: firms}}}", //
            "{name: currencies, tenancy: global, fields: {code: {type: text}}}");

    private Path home;
    private DatabaseProperties address;
    private Databases databases;

    @BeforeAll
    void publish(@TempDir Path folder) throws IOException {
        home = folder;
        // Roles of its own: the tests take their rights away and give them more.
        address = TestingDatabase.empty("doctored");
        databases = DatabaseBootstrap.open(address);
        PlatformMigrations.migrate(databases, List.of());
        new SchemaPublisher(databases).publish(CATALOG, PublishOptions.FROM_FILES);
        Path key = Files.writeString(home.resolve("secret.key"), "secret");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterAll
    void close() {
        databases.close();
    }

    private List<DoctorFinding> examine() {
        return examine(CATALOG, Pools.DEFAULT, Clock.systemUTC());
    }

    private List<DoctorFinding> examine(Catalog catalog, Pools pools, Clock clock) {
        return InstallationDoctor.of(new Installation(home, databases, pools, () -> catalog,
                List.of(new DiskFileStore(home.resolve("files"))), HealthProperties.DEFAULT, TrustMode.STRICT, clock))
                .examine();
    }

    private static DoctorFinding of(String check, List<DoctorFinding> findings) {
        return findings.stream().filter(finding -> finding.check().equals(check)).findFirst().orElseThrow();
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(String.valueOf(address.url()), address.user(),
                address.password()); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void findsNothingWrongWithASoundInstallation() {
        assertThat(examine()).noneMatch(finding -> finding.status() != Status.OK).extracting(DoctorFinding::check)
                .containsExactly("Java", "disk", "secret files", "trust", "database", "connections", "clock", "roles",
                        "row-level security", "metadata", "tables", "published schema", "strays", "indexes",
                        "constraints", "publications", "room of files", "files.disk", "index use", "events");
    }

    /** What breaks an invariant, which check tells of it and how, and what mends it. */
    static List<Arguments> breaches() {
        return List.of( //
                Arguments.of("roles", "ALTER ROLE doctored_app BYPASSRLS", "doctored_app may bypass row-level security",
                        "ALTER ROLE doctored_app NOBYPASSRLS"),
                Arguments.of("roles", "ALTER ROLE doctored_worker SUPERUSER", "doctored_worker is a superuser",
                        "ALTER ROLE doctored_worker NOSUPERUSER"),
                Arguments.of("roles", "GRANT pg_read_all_data TO doctored_app",
                        "doctored_app is a member of pg_read_all_data", "REVOKE pg_read_all_data FROM doctored_app"),
                Arguments.of("roles",
                        "CREATE TABLE public.own (id int); ALTER TABLE public.own OWNER TO doctored_app",
                        "doctored_app owns table public.own", "DROP TABLE public.own"),
                Arguments.of("row-level security", "ALTER TABLE data.people NO FORCE ROW LEVEL SECURITY",
                        "people does not force", "ALTER TABLE data.people FORCE ROW LEVEL SECURITY"),
                Arguments.of("row-level security", "ALTER TABLE data.currencies DISABLE ROW LEVEL SECURITY",
                        "currencies has row-level security off",
                        "ALTER TABLE data.currencies ENABLE ROW LEVEL SECURITY"),
                Arguments.of("row-level security", "CREATE POLICY open ON data.people USING (true)",
                        "people has a policy that is not the platform's: open", "DROP POLICY open ON data.people"),
                Arguments.of("row-level security", "ALTER POLICY tenant ON data.people USING (true)",
                        "people has a changed policy tenant",
                        "ALTER POLICY tenant ON data.people USING "
                                + "(tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)"),
                Arguments.of("row-level security", "ALTER POLICY tenant ON data.people RENAME TO other",
                        "people lacks its policy tenant", "ALTER POLICY other ON data.people RENAME TO tenant"),
                Arguments.of("row-level security", "ALTER TABLE platform.counter DISABLE ROW LEVEL SECURITY",
                        "counter holds rows of tenants", "ALTER TABLE platform.counter ENABLE ROW LEVEL SECURITY"),
                Arguments.of("tables", "ALTER TABLE data.firms RENAME TO away", "object firms has no table",
                        "ALTER TABLE data.away RENAME TO firms"),
                Arguments.of("tables", "ALTER TABLE data.firms RENAME COLUMN title TO away",
                        "object firms has no column title", "ALTER TABLE data.firms RENAME COLUMN away TO title"),
                Arguments.of("published schema", "ALTER TABLE data.firms RENAME COLUMN title TO away",
                        "column firms.title is missing", "ALTER TABLE data.firms RENAME COLUMN away TO title"),
                Arguments.of("published schema", "ALTER TABLE data.people ALTER COLUMN age TYPE numeric(30, 2)",
                        "column people.age is numeric(30,2) instead of",
                        "ALTER TABLE data.people ALTER COLUMN age TYPE bigint"),
                Arguments.of("strays", "ALTER TABLE data.people ADD COLUMN nickname text", "column people.nickname",
                        "ALTER TABLE data.people DROP COLUMN nickname"),
                Arguments.of("strays", "CREATE TABLE data.notes (id int)", "table notes", "DROP TABLE data.notes"),
                Arguments.of("strays", "CREATE INDEX added ON data.people (age)", "index added of people",
                        "DROP INDEX data.added"),
                Arguments.of("strays", "ALTER TABLE data.people ADD CONSTRAINT adult CHECK (age > 17)",
                        "constraint adult of people", "ALTER TABLE data.people DROP CONSTRAINT adult"),
                Arguments.of("indexes",
                        "UPDATE pg_index SET indisvalid = false WHERE indrelid = 'data.people'::regclass",
                        "is not valid",
                        "UPDATE pg_index SET indisvalid = true WHERE indrelid = 'data.people'::regclass"),
                Arguments.of("constraints",
                        "ALTER TABLE data.people ADD CONSTRAINT adult CHECK (age > 17) NOT VALID",
                        "adult of people is not validated", "ALTER TABLE data.people DROP CONSTRAINT adult"),
                Arguments.of("publications",
                        "INSERT INTO platform.schema_publication (catalog_version, steps, failure) "
                                + "VALUES (9, 3, 'the disk is full')",
                        "of 3 steps left: the disk is full",
                        "DELETE FROM platform.schema_publication WHERE catalog_version = 9"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("breaches")
    void tellsOfWhatIsBroken(String check, String breach, String told, String mend) throws SQLException {
        execute(breach);
        try {
            DoctorFinding finding = of(check, examine());
            assertThat(finding.status()).as(finding.found()).isEqualTo(Status.FAIL);
            assertThat(finding.found()).contains(told);
            assertThat(finding.advice()).isNotEmpty();
        } finally {
            execute(mend);
        }
        DoctorFinding mended = of(check, examine());
        assertThat(mended.status()).as(mended.found()).isEqualTo(Status.OK);
    }

    @Test
    void warnsOfDeadLettersAndOfEventsThatWait() throws SQLException {
        execute("""
                INSERT INTO platform.dead_letter (subscriber, event, tenant_id, object, record_id, action, payload, version,
                    origin, occurred_at, attempts, cause)
                VALUES ('acme', 1, uuidv7(), 'people', uuidv7(), 'create', '{}', 1, 'rest', now(), 5, 'no paper')""");
        execute("""
                INSERT INTO platform.outbox (tenant_id, object, record_id, action, origin, occurred_at)
                VALUES (uuidv7(), 'people', uuidv7(), 'create', 'rest', now() - interval '1 hour')""");
        try {
            DoctorFinding finding = of("events", examine());
            assertThat(finding.status()).isEqualTo(Status.WARN);
            assertThat(finding.found()).contains("waits for 36", "1 dead letters");
        } finally {
            execute("DELETE FROM platform.dead_letter; DELETE FROM platform.outbox");
        }
    }

    @Test
    void tellsOfObjectsThatAreNotPublishedYet() {
        Catalog more = TestingCatalogs.of("{name: boats, fields: {title: {type: text}}}");
        assertThat(of("tables", examine(more, Pools.DEFAULT, Clock.systemUTC())).found())
                .isEqualTo("object boats has no table");
    }

    @Test
    void tellsOfMetadataThatCannotBeUsed() {
        Catalog wrong = TestingCatalogs.loadFiles(Map.of("boats.object.yml", "{fields: {title: {type: tekst}}}"));
        DoctorFinding finding = of("metadata", examine(wrong, Pools.DEFAULT, Clock.systemUTC()));
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.found()).contains("boats.object.yml", "tekst");
    }

    @Test
    void tellsOfClocksThatAreApart() {
        Clock slow = Clock.fixed(Instant.now().minus(Duration.ofMinutes(5)), ZoneOffset.UTC);
        DoctorFinding finding = of("clock", examine(CATALOG, Pools.DEFAULT, slow));
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.found()).contains("ms apart");
    }

    @Test
    void tellsOfPoolsThatTheDatabaseCannotServe() {
        assertThat(of("connections", examine(CATALOG, new Pools(3, 10_000, 8), Clock.systemUTC())).status())
                .isEqualTo(Status.FAIL);
    }

    @Test
    void tellsOfSecretsThatOthersMayRead() throws IOException {
        Path key = home.resolve("secret.key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
        try {
            assertThat(of("secret files", examine())).satisfies(finding -> {
                assertThat(finding.status()).isEqualTo(Status.FAIL);
                assertThat(finding.found()).contains("secret.key");
            });
        } finally {
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void tellsOfAnOldDatabase() {
        var check = new ServerVersion(DSL.using(SQLDialect.POSTGRES));
        assertThat(check.judge(170_004, "17.4", "UTF8").status()).isEqualTo(Status.FAIL);
        assertThat(check.judge(180_000, "18.0", "LATIN1").status()).isEqualTo(Status.FAIL);
    }

    @Test
    void warnsOfFiltersThatCannotUseIndexes() {
        var check = new IndexUse(new DatabaseDiagnostics("18.0", false, List.of("textlike(text,text)"), List.of()));
        assertThat(check.examine().status()).isEqualTo(Status.WARN);
        assertThat(check.examine().found()).contains("textlike(text,text)", "pg_trgm");
    }

    @Test
    void tellsOfAnotherJava() {
        assertThat(new JavaVersion(Runtime.Version.parse("21.0.2")).examine().status()).isEqualTo(Status.FAIL);
        assertThat(new JavaVersion(Runtime.Version.parse("26")).examine().status()).isEqualTo(Status.WARN);
    }

    @Test
    void warnsOfUnsignedPlugins() {
        assertThat(new TrustCheck(TrustMode.DEVELOPMENT).examine().status()).isEqualTo(Status.WARN);
    }

    @Test
    void aCheckThatCannotBeMadeIsAFailure() throws SQLException {
        execute("ALTER TABLE platform.schema_step RENAME TO away");
        try {
            DoctorFinding finding = of("publications", examine());
            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.found()).contains("could not be examined", "schema_step");
        } finally {
            execute("ALTER TABLE platform.away RENAME TO schema_step");
        }
    }
}
