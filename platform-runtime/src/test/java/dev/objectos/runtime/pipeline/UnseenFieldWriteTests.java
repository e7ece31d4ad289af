package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Masking;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever does not see a field cannot write it, and no refusal tells that it is there. */
class UnseenFieldWriteTests {

    private static final String USERS = """
            name: user
            fields:
              name: {type: text}
              email: {type: email}
            """;

    private static final String STAFF = """
            name: staff
            label: Staff member
            name_field: name
            fields:
              name: {type: text, required: true}
              grade: {type: text, default: B}
              salary: {type: number}
              yearly: {type: formula, expression: "record.salary * 12", return_type: number}
              serial: {type: text, unique: true, external_id: true}
              pin: {type: password}
              iban: {type: text}
              badge: {type: text}
            validations:
              - {name: salary_in_range, condition: "record.salary < 1000", message: Out of range, fields: [salary]}
              - {name: named_well, condition: "record.name != 'Nobody'", message: Not you, fields: [name, salary]}
            """;

    private static final String CASES = """
            name: cases
            label: Case
            fields:
              title: {type: text}
              reviewer: {type: text, required: true}
              limit: {type: text, max_length: 3, default: "${record.title}"}
              reason: {type: text, required_when: "record.title == 'odd'"}
            """;

    private static final String TICKETS = """
            name: tickets
            fields:
              title: {type: text}
              slug: {type: text, unique: true, default: "${record.title}"}
              number: {type: text, unique: true, default: "${record.title}"}
            """;

    private static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("unseen_field_writes", USERS, STAFF, CASES, TICKETS).with(forMembers());
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    /** The platform itself sees everything; people do not see some fields and see some masked. */
    private static HidingRewriter forMembers() {
        return new HidingRewriter().sparingTheSystem().field("staff", "salary").field("staff", "pin")
                .field("staff", "serial").mask("staff", "iban", new Masking.LastCharacters(4))
                .mask("staff", "badge", new Masking.Text("****")).field("cases", "reviewer").field("cases", "limit")
                .field("cases", "reason").field("tickets", "slug");
    }

    @Test
    void answersAHiddenFieldLikeOneThatDoesNotExist() {
        UUID id = writes.create("staff", values("name", "Ada")).id();
        for (String hidden : List.of("salary", "yearly", "pin", "serial")) {
            assertThat(words(refusal(() -> writes.create("staff", values("name", "Bob", hidden, "1"))), hidden))
                    .isEqualTo(words(refusal(() -> writes.create("staff", values("name", "Bob", "nothing", "1"))),
                            "nothing"));
            assertThat(words(refusal(() -> writes.create("staff", values(hidden, "1"))), hidden)).as("among others")
                    .isEqualTo(words(refusal(() -> writes.create("staff", values("nothing", "1"))), "nothing"));
            assertThat(words(refusal(() -> writes.update("staff", id, values(hidden, "1"))), hidden))
                    .isEqualTo(words(refusal(() -> writes.update("staff", id, values("nothing", "1"))), "nothing"));
            assertThat(words(refusal(() -> upsert(new Mutation.Match.Fields(List.of(hidden)), hidden)), hidden))
                    .isEqualTo(words(refusal(() -> upsert(new Mutation.Match.Fields(List.of("nothing")), "nothing")),
                            "nothing"));
        }
        assertThat(refusal(() -> upsert(new Mutation.Match.ExternalId("x"), "name")).message())
                .isEqualTo("Staff member has no field marked external_id to match by");
    }

    @Test
    void refusesToWriteOrToMatchAMaskedField() {
        UUID id = writes.create("staff", values("name", "Ada")).id();

        PlatformException refusal = refusal(() -> writes.update("staff", id, values("iban", "****1234", "name", "A")));

        assertThat(refusal.code()).isEqualTo(RuntimeError.PERMISSION_DENIED);
        assertThat(refusal.fields()).singleElement().extracting(FieldError::field).isEqualTo("iban");
        assertThat(refusal(() -> upsert(new Mutation.Match.Fields(List.of("iban")), "iban")).message())
                .contains("iban of staff is masked");
    }

    @Test
    void givesHiddenFieldsTheirDefaultsAndShowsTheWrittenRecordMasked() {
        UUID id = writes.create("staff", values("name", "Eve", "salary", 7, "iban", "DE001234", "badge", "b-1"),
                SYSTEM).id();

        Map<String, ?> shown = parse(writes.update("staff", id, values("grade", "A")));

        assertThat(shown).doesNotContainKeys("salary", "yearly", "serial", "pin");
        assertThat(shown.get("iban")).isEqualTo("****1234");
        assertThat(shown.get("badge")).isEqualTo("****");
        assertThat(parse(writes.create("staff", values("name", "New"))).get("badge")).isEqualTo("****");
        assertThat(writes.row("staff", id).values()).contains("DE001234");
    }

    @Test
    void namesNoHiddenFieldThatIsMissing() {
        PlatformException refusal = refusal(() -> writes.create("cases", values("title", "x")));

        assertThat(refusal.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refusal.fields()).containsExactly(
                new FieldError("", "required", "A value that you may not set is missing; ask an administrator"));
        assertThat(refusal(() -> writes.create("cases", values("title", "odd"))).fields()).as("told once")
                .containsExactly(new FieldError("", "required",
                        "A value that you may not set is missing; ask an administrator"));
        assertThat(refusal(() -> writes.create("cases", values("title", "too long"))).fields())
                .extracting(FieldError::field, FieldError::code)
                .containsExactlyInAnyOrder(tuple("", "required"),
                        tuple("", "invalid"));
    }

    @Test
    void keepsTheWordsOfARuleButNamesOnlyFieldsThatAreSeen() {

        assertThat(refusal(() -> writes.create("staff", values("name", "Nobody"))).fields())
                .containsExactly(new FieldError("name", "invalid", "Not you"));
        assertThat(refusal(() -> writes.create("staff", values("name", "X", "salary", 5000), SYSTEM)).fields())
                .containsExactly(new FieldError("salary", "invalid", "Out of range"));
    }

    @Test
    void saysThatAValueIsTakenWithoutNamingAHiddenField() {
        writes.create("tickets", values("title", "taken", "number", "1"));

        PlatformException refusal = refusal(() -> writes.create("tickets", values("title", "taken", "number", "2")));

        assertThat(refusal.code()).isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(refusal.message()).isEqualTo("A value is already taken");
        assertThat(refusal.fields()).isEmpty();
        assertThat(refusal(() -> writes.create("tickets", values("title", "other", "number", "1"))).fields())
                .singleElement().extracting(FieldError::field).isEqualTo("number");
    }

    @Test
    void copiesNeitherHiddenNorMaskedFields() {
        UUID id = writes.create("staff", values("name", "Source", "grade", "C", "salary", 7, "iban", "DE001234"),
                SYSTEM).id();

        RecordDocument copy = writes.pipeline().copy("staff", id, Map.of(), writes.session());

        assertThat(writes.row("staff", copy.id()).values()).contains("Source", "C").doesNotContain(7, "DE001234",
                "****1234");
    }

    private static void upsert(Mutation.Match match, String field) {
        var upsert = new Mutation.Upsert("staff", match, values(field, "1", "name", "Up"));
        BatchResult result = writes.atomic(List.of(upsert));
        if (result.outcomes().getFirst() instanceof BatchResult.Outcome.Refused refused) {
            throw refused.reason();
        }
    }

    /** Everything that a refusal says, but for the name that the caller gave. */
    private static String words(PlatformException refusal, String field) {
        return (refusal.code().name() + ": " + refusal.message() + refusal.fields()).replace(field, "…");
    }
}
