package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WritePipelineTest {

    static final String ACCOUNTS = """
            name: accounts
            fields:
              name: {type: text, required: true, max_length: 20}
              code: {type: text, unique: true}
              industry: {type: select, options: [tech, retail], default: tech}
              tags: {type: multiselect, options: [a, b, c]}
              revenue: {type: currency, precision: 10, scale: 2, min: 0}
              founded: {type: date}
              seen: {type: datetime}
              opens: {type: time}
              active: {type: boolean, default: true}
              extra: {type: json}
              embedding: {type: vector, dimension: 3}
              token: {type: secret}
              pin: {type: password, min_length: 4}
              approved_at: {type: datetime, readonly: true}
              parent: {type: lookup, reference_to: accounts, on_delete: restrict}
              friends: {type: lookup, reference_to: accounts, multiple: true}
              headquarters: {type: formula, expression: "record.name + '!'", return_type: text}
            """;

    private static final String CONTACTS = """
            name: contacts
            fields:
              last_name: {type: text, required: true}
              email: {type: email}
              start_date: {type: date}
              end_date: {type: date}
              status: {type: select, options: [open, closed], default: open}
              reason: {type: text, required_when: "record.status == 'closed'"}
              amount: {type: number, readonly_when: "record.status == 'closed'"}
              account: {type: lookup, reference_to: accounts, on_delete: cascade}
            validations:
              - {name: end_after_start, condition: "record.end_date >= record.start_date", message: End before start, fields: [end_date]}
              - {name: retail_only, condition: "record.account.industry != 'retail' || record.email != null", message: Retail needs an e-mail, fields: [email]}
            """;

    private static final String CURRENCIES = """
            name: currencies
            tenancy: global
            fields:
              code: {type: text, required: true}
            """;

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("write_pipeline", ACCOUNTS, CONTACTS, CURRENCIES);
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void storesEveryTypeAndFillsInWhatThePlatformKnows() {
        var created = writes.create("accounts", values("name", "Acme", "tags", List.of("a", "c"), "revenue", 12.5,
                "founded", "1999-12-31", "seen", "2026-01-02T03:04:05.123456+01:00", "opens", "08:30:00", "extra",
                Map.of("a", List.of(1, 2)), "embedding", List.of(1, 2.5, 3)));
        Map<String, Object> row = parse(created);
        assertThat(row).containsEntry("name", "Acme").containsEntry("industry", "tech").containsEntry("active", true)
                .containsEntry("tags", List.of("a", "c")).containsEntry("founded", "1999-12-31")
                .containsEntry("seen", "2026-01-02T02:04:05.123456Z").containsEntry("opens", "08:30:00")
                .containsEntry("extra", Map.of("a", List.of(1, 2))).containsEntry("version", 1)
                .containsEntry("owner", writes.session().userId() + "")
                .containsEntry("created_by", writes.session().userId() + "");
        assertThat(row.get("revenue").toString()).isEqualTo("12.50");
        assertThat(created.id().version()).isEqualTo(7);
    }

    @Test
    void namesEveryFieldThatIsWrongAtOnce() {
        PlatformException refusal = refusal(() -> writes.create("accounts",
                values("code", "x".repeat(3), "industry", "mining", "tags", List.of("a", "a"), "revenue", "1.234",
                        "founded", "31.12.1999", "id", UUID.randomUUID().toString(), "headquarters", "x", "pin", "1",
                        "parent", UUID.randomUUID().toString(), "embedding", List.of(1))));
        assertThat(refusal.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refusal.fields()).extracting(error -> error.field() + ":" + error.code()).containsExactlyInAnyOrder(
                "name:required", "industry:invalid_option", "tags:duplicate", "revenue:scale", "founded:invalid_type",
                "id:readonly", "headquarters:readonly", "pin:min_length", "parent:invalid_reference",
                "embedding:dimension");
    }

    @Test
    void refusesNamesThatAreNoFields() {
        PlatformException refusal = refusal(() -> writes.create("accounts", values("name", "A", "nmae", "B")));
        assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_FIELD);
        assertThat(refusal.fields()).extracting(FieldError::field).containsExactly("nmae");
        PlatformException all = refusal(() -> writes.create("accounts", values("nmae", "B")));
        assertThat(all.code()).as("with what else is wrong").isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(all.fields()).extracting(error -> error.field() + ":" + error.code())
                .containsExactly("nmae:unknown_field", "name:required");
        assertThat(refusal(() -> writes.create("acounts", values("name", "A"))).code())
                .isEqualTo(RuntimeError.OBJECT_NOT_FOUND);
    }

    @Test
    void refusesWhatThePlatformSets() {
        for (String field : List.of("tenant_id", "version", "created_at", "updated_by", "approved_at")) {
            PlatformException refusal = refusal(() -> writes.create("accounts", values("name", "A", field, "x")));
            assertThat(refusal.fields()).extracting(error -> error.field() + ":" + error.code())
                    .containsExactly(field + ":readonly");
        }
    }

    @Test
    void keepsHostileTextAsItIs() {
        String text = "Robert'); drop table data.accounts; -- \" \\ $1 {0} ? :x %";
        var id = writes.create("contacts", values("last_name", text)).id();
        assertThat(writes.row("contacts", id)).containsEntry("last_name", text);
        writes.update("contacts", id, values("last_name", text + "'"));
        assertThat(writes.row("contacts", id)).containsEntry("last_name", text + "'");
        assertThat(writes.number("select count(*) from data.accounts")).isNotNegative();
    }

    @Test
    void refusesTextThatCannotBeStored() {
        for (String text : List.of("a\0b", "a\ud800b", "\udc00")) {
            assertThat(refusal(() -> writes.create("contacts", values("last_name", text))).fields())
                    .extracting(FieldError::code).containsExactly("invalid_character");
            assertThat(refusal(() -> writes.create("accounts", values("name", "x", "extra", Map.of("k", text))))
                    .fields()).extracting(FieldError::code).containsExactly("invalid_character");
        }
    }

    @Test
    void keepsEveryDigitOfAVectorThatADoubleCarries() {
        var id = writes.create("accounts", values("name", "Digits", "embedding",
                List.of(new BigDecimal("0.1234567890123456"), new BigDecimal("-123456789.125"), 1))).id();
        assertThat(writes.one("select embedding::text from data.accounts where id = '" + id + "'"))
                .isEqualTo("{0.1234567890123456,-123456789.125,1}");
        writes.update("accounts", id, values("embedding", List.of(new BigDecimal("1e300"), 0, 0)));
        assertThat(refusal(() -> writes.update("accounts", id,
                values("embedding", List.of(new BigDecimal("1e309"), 0, 0)))).fields())
                .extracting(FieldError::code).containsExactly("out_of_range");
    }

    @Test
    void changesOnlyWhatIsGivenAndCountsTheVersion() {
        RecordDocument before = writes.create("accounts", values("name", "Old", "revenue", 5));
        RecordDocument after = writes.update("accounts", before.id(), values("name", "New"));
        assertThat(after.version()).isEqualTo(2);
        assertThat(parse(after)).containsEntry("name", "New").containsEntry("created_at",
                parse(before).get("created_at"));
        assertThat(parse(after).get("updated_at").toString())
                .isGreaterThan(parse(before).get("updated_at").toString());
    }

    @Test
    void leavesTheVersionAndTheOutboxAloneWhereNothingChanges() {
        RecordDocument before = writes.create("accounts", values("name", "Same", "revenue", 5));
        RecordDocument after = writes.update("accounts", before.id(), values("name", "Same", "revenue", 5.0));
        assertThat(parse(after)).isEqualTo(parse(before));
        assertThat(events(before.id())).containsExactly("create");
        assertThat(writes.update("accounts", before.id(), Map.of()).version()).isEqualTo(1);
    }

    @Test
    void knowsNoRecordOfAnotherTenant() {
        var mine = writes.create("accounts", values("name", "Mine")).id();
        Session other = writes.session(TestingWrites.OTHER_TENANT);
        assertThat(refusal(() -> writes.pipeline().update(
                new Mutation.Update("accounts", mine, values("name", "Theirs"), null), other)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> writes.pipeline().delete(new Mutation.Delete("accounts", mine, null), other)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        PlatformException foreign = refusal(
                () -> writes.create("contacts", values("last_name", "X", "account", mine.toString()), other));
        UUID unknown = UUID.randomUUID();
        PlatformException nowhere = refusal(
                () -> writes.create("contacts", values("last_name", "X", "account", unknown.toString()), other));
        assertThat(foreign.fields()).extracting(FieldError::code).containsExactly("invalid_reference");
        assertThat(foreign.message().replace(mine.toString(), "ID"))
                .isEqualTo(nowhere.message().replace(unknown.toString(), "ID"));
        assertThat(writes.row("accounts", mine)).containsEntry("name", "Mine");
    }

    @Test
    void tellsOfAllBadReferencesAlthoughTheDatabaseFindsOne() {
        PlatformException refusal = refusal(() -> writes.create("accounts", values("name", "A", "parent",
                UUID.randomUUID().toString(), "owner", UUID.randomUUID().toString())));
        assertThat(refusal.fields()).extracting(FieldError::field).contains("parent", "owner");
        assertThat(refusal(() -> writes.create("accounts",
                values("name", "A", "friends", List.of(UUID.randomUUID().toString())))).fields())
                .extracting(error -> error.field() + ":" + error.code()).containsExactly("friends:invalid_reference");
    }

    @Test
    void saysWhichValueIsTakenAndNothingElse() {
        writes.create("accounts", values("name", "A", "code", "T-1"));
        PlatformException refusal = refusal(() -> writes.create("accounts", values("name", "B", "code", "T-1")));
        assertThat(refusal.code()).isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(refusal.fields()).extracting(FieldError::field).containsExactly("code");
        assertThat(refusal.message()).isEqualTo("Code is already taken");
        writes.create("accounts", values("name", "B", "code", "T-1"), writes.session(TestingWrites.OTHER_TENANT));
    }

    @Test
    void evaluatesRulesOnTheRecordAsItWillBe() {
        var id = writes.create("contacts", values("last_name", "A", "start_date", "2026-02-01")).id();
        PlatformException refusal = refusal(() -> writes.update("contacts", id, values("end_date", "2026-01-01")));
        assertThat(refusal.fields()).containsExactly(new FieldError("end_date", "invalid", "End before start"));
        writes.update("contacts", id, values("end_date", "2026-01-01", "start_date", "2025-01-01"));
        assertThat(refusal(() -> writes.update("contacts", id, values("status", "closed"))).fields())
                .extracting(FieldError::field).containsExactly("reason");
        writes.update("contacts", id, values("status", "closed", "reason", "done", "amount", 1));
        assertThat(refusal(() -> writes.update("contacts", id, values("amount", 2))).fields())
                .containsExactly(new FieldError("amount", "readonly", "Amount cannot be written now"));
        writes.update("contacts", id, values("amount", 1));
    }

    @Test
    void readsTheRecordsBehindLookupsForARule() {
        var shop = writes.create("accounts", values("name", "Shop", "industry", "retail")).id().toString();
        assertThat(refusal(() -> writes.create("contacts", values("last_name", "A", "account", shop))).fields())
                .extracting(FieldError::field).containsExactly("email");
        writes.create("contacts", values("last_name", "A", "account", shop, "email", "a@b.co"));
    }

    @Test
    void hidesPasswordsAndSecretsFromRowsAndEvents() {
        var id = writes.create("accounts", values("name", "S", "pin", "hunter2hunter2", "token", "tok-123-456")).id();
        Map<String, Object> row = writes.row("accounts", id);
        assertThat(row.get("pin").toString()).startsWith("$pbkdf2-sha256$");
        assertThat(row.get("token").toString()).startsWith("$aes-gcm$");
        writes.update("accounts", id, values("pin", "another-pin"));
        List<String> payloads = writes.platform("select payload::text from platform.outbox where record_id = '" + id
                + "' order by id");
        assertThat(payloads).hasSize(2);
        assertThat(String.join("", payloads)).doesNotContain("hunter2").doesNotContain("tok-123").doesNotContain("$aes")
                .doesNotContain("$pbkdf2");
        assertThat(payloads.get(1)).isEqualTo("{\"pin\": {}}");
    }

    @Test
    void writesAnEventBesideEachChange() {
        var id = writes.create("accounts", values("name", "E")).id();
        writes.update("accounts", id, values("name", "F", "revenue", 3));
        writes.delete("accounts", id);
        assertThat(events(id)).containsExactly("create", "update", "delete");
        assertThat(writes.platform("select payload::text from platform.outbox where action = 'update' and record_id = '"
                + id + "'")).containsExactly(
                        "{\"name\": {\"to\": \"F\", \"from\": \"E\"}, \"revenue\": {\"to\": 3.00, \"from\": null}}");
        assertThat(writes
                .platform("select actor || ' ' || origin || ' ' || object from platform.outbox where record_id = '"
                        + id + "' limit 1"))
                .containsExactly(writes.session().userId() + " rest accounts");
    }

    @Test
    void lettingOneOfFiftyWritersWinEachRound() throws Exception {
        var id = writes.create("accounts", values("name", "Race")).id();
        for (long version = 1; version <= 3; version++) {
            var expected = new Expected.Version(version);
            var tasks = new ArrayList<Callable<?>>();
            for (int i = 0; i < 50; i++) {
                String name = "Race " + version + "." + i;
                tasks.add(() -> writes.update("accounts", id, values("name", name), expected));
            }
            List<Object> results = TestingWrites.together(tasks);
            assertThat(results.stream().filter(RecordDocument.class::isInstance)).hasSize(1);
            long now = version + 1;
            assertThat(results.stream().filter(PlatformException.class::isInstance).map(PlatformException.class::cast))
                    .hasSize(49).allSatisfy(conflict -> {
                        assertThat(conflict.code()).isEqualTo(RuntimeError.CONCURRENT_UPDATE);
                        assertThat(conflict.members()).containsEntry("currentVersion", now);
                    });
        }
    }

    @Test
    void guardsByTheMomentOfTheLastChangeToo() {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        try (var still = TestingWrites.of("write_moment", "name: notes\nfields: {text: {type: text}}")
                .at(Clock.fixed(noon, ZoneOffset.UTC))) {
            var id = still.create("notes", values("text", "a")).id();
            still.update("notes", id, values("text", "b"), new Expected.UpdatedAt(noon));
            assertThatThrownBy(
                    () -> still.update("notes", id, values("text", "c"), new Expected.UpdatedAt(noon)))
                    .isInstanceOf(PlatformException.class)
                    .extracting(e -> ((PlatformException) e).code()).isEqualTo(RuntimeError.CONCURRENT_UPDATE);
            still.update("notes", id, values("text", "c"), new Expected.UpdatedAt(noon.plusNanos(1_000)));
            assertThatThrownBy(() -> still.pipeline()
                    .delete(new Mutation.Delete("notes", id, new Expected.Version(1)), still.session()))
                    .isInstanceOf(PlatformException.class)
                    .extracting(e -> ((PlatformException) e).members().get("currentVersion")).isEqualTo(3L);
        }
    }

    @Test
    void letsOnlyPlatformAdministratorsChangeWhatAllTenantsShare() {
        assertThat(refusal(() -> writes.create("currencies", values("code", "EUR"))).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
        Session person = writes.session();
        var administrator = new Session(person.tenant(), person.user(), person.roles(), true, person.locale(),
                person.zone(), person.origin());
        var id = writes.create("currencies", values("code", "EUR"), administrator).id();
        writes.pipeline().update(new Mutation.Update("currencies", id, values("code", "CHF"), null), administrator);
        writes.pipeline().delete(new Mutation.Delete("currencies", id, null), administrator);
        assertThat(writes.number("select count(*) from data.currencies")).isZero();
    }

    @Test
    void copiesWhatMayBeThereTwice() {
        var source = writes.create("accounts",
                values("name", "Source", "code", "UNIQUE-1", "revenue", 7, "pin", "secretpin", "tags", List.of("b")));
        Map<String, Object> copy = parse(writes.pipeline().copy("accounts", source.id(),
                values("name", "Copy"), writes.session()));
        assertThat(copy).containsEntry("name", "Copy").containsEntry("tags", List.of("b")).containsEntry("code", null);
        UUID id = UUID.fromString(copy.get("id").toString());
        assertThat(id).isNotEqualTo(source.id());
        assertThat(writes.row("accounts", id)).containsEntry("pin", null);
    }

    @Test
    void keepsTheTenantHoweverOftenAStatementWithoutAnActorIsSent() {
        Session system = Session.system(Session.DEFAULT_TENANT, Origin.JOB);
        for (int i = 0; i < 12; i++) {
            var id = writes.create("accounts", values("name", "Job " + i), system).id();
            var update = new Mutation.Update("accounts", id, values("founded", null, "tags", null, "name", "J" + i),
                    null);
            assertThat(parse(writes.pipeline().update(update, system))).containsEntry("name", "J" + i)
                    .containsEntry("updated_by", null);
            writes.pipeline().delete(new Mutation.Delete("accounts", id, null), system);
        }
    }

    private static List<String> events(UUID id) {
        return writes.platform(
                "select action from platform.outbox where record_id = '" + id + "' order by id");
    }
}
