package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static dev.objectos.runtime.query.TestingQuery.expansion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation.Function;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.QueryRewriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A masked field can be selected and nothing else, and no part of an answer holds what the mask covers. */
class MaskedFieldTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Masking FULL = new Masking.Text("****");
    private static final Masking LAST4 = new Masking.LastCharacters(4);
    private static final Masking ADDRESS = new Masking.Address();

    private static TestingRecords records;
    private static UUID open;
    private static UUID rich;
    private static UUID bare;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("masked_fields");
        UUID europe = records.insert("regions", Map.of("code", "EU", "name", "Europe"));
        UUID ada = records.insert("user", Map.of("name", "Ada", "email", "ada@example.com"));
        open = records.insert("accounts", Map.of("name", "Open", "industry", "tech", "region", europe, "owner", ada,
                "revenue", new BigDecimal("1234567.80"), "employees", 42L, "active", true, "founded",
                LocalDate.parse("2001-02-03"), "seen_at", Instant.parse("2026-01-31T14:30:00.5Z"), "tags",
                List.of("red", "blue")));
        rich = records.insert("contacts", Map.of("last_name", "Rich", "account", open, "email", "rich@example.com",
                "salary", new BigDecimal(98765)));
        bare = records.insert("contacts", Map.of("last_name", "Bare", "account", open));
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void showsTheSameTextForEveryValueAndForNone() {
        for (Masking masking : List.of(FULL, new Masking.Text("it's \"hid?den\" {0} \\ ü"), new Masking.Text(""))) {
            String text = ((Masking.Text) masking).text();
            var rewriter = new HidingRewriter().mask("contacts", "salary", masking);
            for (TestingQuery query : List.of(TestingQuery.of("contacts"),
                    TestingQuery.of("contacts").fields("salary"))) {
                assertThat(ask(rewriter, query).get("records")).isNotEmpty().allSatisfy(
                        record -> assertThat(record.get("salary").stringValue()).isEqualTo(text));
            }
            assertThat(List.of(get(rewriter, "contacts", rich), get(rewriter, "contacts", bare))).allSatisfy(
                    record -> assertThat(record.get("salary").stringValue()).isEqualTo(text));
        }
    }

    @Test
    void showsTheLastCharactersOfTheTextForm() {
        var rewriter = new HidingRewriter();
        for (String field : List.of("name", "revenue", "employees", "active", "founded", "seen_at", "tags",
                "region", "notes", "title")) {
            rewriter.mask("accounts", field, LAST4);
        }
        for (JsonNode shown : List.of(ask(rewriter, TestingQuery.of("accounts")).at("/records/0"),
                get(rewriter, "accounts", open))) {
            assertThat(shown.get("name").stringValue()).as("no longer than what would be shown").isEqualTo("****");
            assertThat(shown.get("title")).isNull();
            assertThat(shown.get("revenue").stringValue()).isEqualTo("****7.80");
            assertThat(shown.get("employees").stringValue()).isEqualTo("****");
            assertThat(shown.get("active").stringValue()).isEqualTo("****");
            assertThat(shown.get("founded").stringValue()).isEqualTo("****2-03");
            assertThat(shown.get("seen_at").stringValue()).isEqualTo("****0.5Z");
            assertThat(shown.get("tags").stringValue()).isEqualTo("****ue\"]");
            assertThat(shown.get("region").stringValue()).startsWith("****").hasSize(8);
            assertThat(shown.get("notes").isNull()).isTrue();
        }
    }

    @Test
    void showsTheFirstCharacterAndTheDomainOfAnAddress() {
        var rewriter = new HidingRewriter().mask("contacts", "email", ADDRESS).mask("contacts", "last_name", ADDRESS);

        assertThat(get(rewriter, "contacts", rich).get("email").stringValue()).isEqualTo("r***@example.com");
        assertThat(get(rewriter, "contacts", rich).get("last_name").stringValue()).isEqualTo("****");
        assertThat(get(rewriter, "contacts", bare).get("email").isNull()).isTrue();
        for (String strange : List.of("@example.com", "a@", "@", "\"a@b\"@example.com")) {
            UUID id = records.insert("contacts", Map.of("last_name", "Strange", "email", strange));
            assertThat(get(rewriter, "contacts", id).get("email").stringValue())
                    .isEqualTo(strange.startsWith("\"") ? "\"***@example.com" : "****");
        }
    }

    @Test
    void masksWhatIsShownOfOtherRecords() {
        var rewriter = new HidingRewriter().mask("accounts", "revenue", LAST4).mask("contacts", "salary", FULL);

        for (JsonNode found : List.of(ask(rewriter, TestingQuery.of("contacts").expand(expansion("account"))),
                ask(rewriter, TestingQuery.of("contacts").fields("account.revenue", "account.name")))) {
            assertThat(found.at("/records/0/account/revenue").stringValue()).isEqualTo("****7.80");
            assertThat(found.toString()).doesNotContain("1234567").doesNotContain("98765");
        }
        JsonNode children = ask(rewriter, TestingQuery.of("accounts").expand(expansion("contacts")));
        assertThat(children.at("/records/0/contacts")).hasSize(2).allSatisfy(
                contact -> assertThat(contact.get("salary").stringValue()).isEqualTo("****"));
        assertThat(get(rewriter, "accounts", open, expansion("contacts")).at("/contacts/0/salary").stringValue())
                .isEqualTo("****");
    }

    @Test
    void refusesEveryOtherUse() {
        List<Way> ways = List.of( //
                field -> TestingQuery.of("contacts").where(field, Operator.EQ, new Operand.Field(FieldPath.of(field)))
                        .build(),
                field -> TestingQuery.of("contacts").where(field, Operator.IS_NULL, new Operand.None()).build(),
                field -> TestingQuery.of("contacts").where("last_name", Operator.EQ,
                        new Operand.Field(FieldPath.of(field))).build(),
                field -> TestingQuery.of("contacts").where(new Predicate.Not(compare(field, Operator.EQ, 1))).build(),
                field -> TestingQuery.of("contacts").sort(field).build(),
                field -> TestingQuery.of("contacts").sort("-" + field).limit(1).build(),
                field -> TestingQuery.of("contacts").groupBy(field).build(),
                field -> TestingQuery.of("contacts").fields(field).groupBy("last_name").build(),
                field -> TestingQuery.of("contacts").aggregate(Function.COUNT, field, "x").build(),
                field -> TestingQuery.of("contacts").aggregate(Function.COUNT_DISTINCT, field, "x").build(),
                field -> TestingQuery.of("contacts").aggregate(Function.MAX, field, "x").build(),
                field -> TestingQuery.of("accounts").expand(new Expansion("contacts", List.of(), List.of(),
                        compare(field, Operator.EQ, 1), List.of(), null, null)).build());
        for (Way way : ways) {
            for (String masked : List.of("salary", "account")) {
                PlatformException refusal = refusal(
                        new HidingRewriter().mask("contacts", masked, FULL), way.of(masked));
                assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_FIELD);
                assertThat(refusal.message())
                        .isEqualTo(masked + " of contacts is masked: it can be selected and nothing else");
            }
        }
        var rewriter = new HidingRewriter().mask("contacts", "account", FULL);
        for (Query through : List.of(TestingQuery.of("contacts").expand(expansion("account")).build(),
                TestingQuery.of("contacts").fields("account.name").build(),
                TestingQuery.of("contacts").where("account.name", Operator.EQ, "Open").build(),
                TestingQuery.of("contacts").sort("account.name").build(),
                TestingQuery.of("accounts").expand(expansion("contacts")).build())) {
            assertThat(refusal(rewriter, through).message()).contains("account of contacts is masked");
        }
        assertThat(refusal(new HidingRewriter().mask("accounts", "revenue", LAST4), TestingQuery.of("contacts")
                .where("account.revenue", Operator.GT, 1).build()).message()).contains("revenue of accounts is masked");
    }

    @Test
    void hidesWhatIsComputedFromAMaskedFieldUnlessDeclassified() {
        var rewriter = new HidingRewriter().mask("contacts", "salary", LAST4).mask("accounts", "name", LAST4);

        JsonNode shown = get(rewriter, "contacts", rich);
        assertThat(shown.propertyNames()).contains("salary", "well_paid").doesNotContain("yearly", "employer",
                "employer_title");
        assertThat(refusal(rewriter, TestingQuery.of("contacts").sort("yearly").build()).message())
                .startsWith("Unknown field yearly");
        var result = new HidingRewriter().mask("contacts", "well_paid", FULL);
        assertThat(get(result, "contacts", rich).get("well_paid").stringValue()).isEqualTo("****");
    }

    @Test
    void doesNotSearchBehindAMask() {
        records.insert("accounts", Map.of("notes", "hobgoblin"));
        var rewriter = new HidingRewriter().mask("accounts", "notes", FULL);

        assertThat(ask(rewriter, TestingQuery.of("accounts").search("hobgoblin")).get("records")).isEmpty();
    }

    @Test
    void showsWhatTheStrictestOfSeveralMasksShows() {
        assertThat(LAST4.strictest(FULL)).isEqualTo(FULL);
        assertThat(FULL.strictest(LAST4)).isEqualTo(FULL);
        assertThat(LAST4.strictest(new Masking.LastCharacters(2))).isEqualTo(new Masking.LastCharacters(2));
        assertThat(LAST4.strictest(ADDRESS)).as("each shows what the other covers").isEqualTo(FULL);
        assertThat(ADDRESS.strictest(LAST4)).isEqualTo(FULL);
        assertThat(ADDRESS.strictest(ADDRESS)).isEqualTo(ADDRESS);
        var tail = new HidingRewriter().mask("contacts", "salary", LAST4);
        var text = new HidingRewriter().mask("contacts", "salary", FULL);
        var gone = new HidingRewriter().field("contacts", "salary");
        assertThat(get(List.of(tail, text), rich).get("salary").stringValue()).isEqualTo("****");
        assertThat(get(List.of(tail, gone), rich).has("salary")).isFalse();
    }

    @Test
    void neverMasksAnIdOrASecret() {
        var rewriter = new HidingRewriter().mask("accounts", "id", FULL).mask("accounts", "api_key", LAST4)
                .mask("accounts", "pin", LAST4);
        UUID id = records.insert("accounts", Map.of("api_key", "sealed-1234", "pin", "hash-5678"));

        JsonNode shown = get(rewriter, "accounts", id);
        assertThat(shown.get("id").stringValue()).isEqualTo(id.toString());
        assertThat(shown.get("api_key").stringValue()).doesNotContain("1234").isNotEqualTo("****");
        assertThat(shown.has("pin")).isFalse();
    }

    @Test
    void measuresLargePagesOfMaskedValues() {
        var rewriter = new HidingRewriter().mask("accounts", "notes", ADDRESS)
                .mask("accounts", "name", new Masking.Text("x".repeat(100_000)));

        assertThat(ask(rewriter, TestingQuery.of("accounts").fields("notes", "name").limit(Page.MAXIMUM).count())
                .at("/records/0/name").stringValue()).hasSize(100_000);
    }

    /** A way to name a field. */
    private interface Way {

        Query of(String field);
    }

    private static JsonNode ask(QueryRewriter rewriter, TestingQuery query) {
        return records.query(query.build(), TestingRecords.SESSION, rewriter);
    }

    private static JsonNode get(QueryRewriter rewriter, String object, UUID id, Expansion... expand) {
        return JSON.readTree(records.pipeline(rewriter).get(
                new RecordQuery(object, id, List.of(), List.of(expand)), TestingRecords.SESSION).json().utf8());
    }

    private static JsonNode get(List<QueryRewriter> rewriters, UUID contact) {
        return JSON.readTree(records.pipeline(rewriters.toArray(QueryRewriter[]::new)).get(
                new RecordQuery("contacts", contact, List.of(), List.of()), TestingRecords.SESSION).json().utf8());
    }

    private static PlatformException refusal(QueryRewriter rewriter, Query query) {
        PlatformException refusal = catchThrowableOfType(PlatformException.class,
                () -> records.pipeline(rewriter).query(query, TestingRecords.SESSION));
        assertThat(refusal).as("a refusal of %s", query).isNotNull();
        return refusal;
    }
}
