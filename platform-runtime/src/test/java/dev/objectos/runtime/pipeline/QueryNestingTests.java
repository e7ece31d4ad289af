package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.query.TestingQuery.compare;
import static dev.objectos.runtime.query.TestingQuery.expansion;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.TestingQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What an answer shows: forms of values, lookups as objects, child collections. */
class QueryNestingTests {

    private static TestingRecords records;
    private static UUID user;
    private static UUID region;
    private static UUID parent;
    private static UUID account;
    private static UUID bare;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("query_nesting");
        user = records.insert("user", Map.of("name", "Ada", "email", "ada@example.com"));
        region = records.insert("regions", Map.of("code", "EU", "name", "Europe"));
        parent = records.insert("accounts", Map.of("name", "Holding", "owner", user, "region", region));
        account = records.insert("accounts",
                Map.ofEntries(Map.entry("name", "Quote \" and \\ and ü and </script>"),
                        Map.entry("revenue", new BigDecimal("1234567890123456.70")),
                        Map.entry("employees", 9007199254740993L),
                        Map.entry("active", true), Map.entry("founded", LocalDate.of(2026, 1, 31)),
                        Map.entry("opens", LocalTime.of(8, 30)),
                        Map.entry("seen_at", Instant.parse("2026-01-31T14:30:00Z")),
                        Map.entry("tags", List.of("a,b", "{c}", "\"d\"")),
                        Map.entry("extra", "{\"b\": [1, 2.50], \"a\": null}"),
                        Map.entry("api_key", "sealed"), Map.entry("pin", "hash"), Map.entry("parent", parent),
                        Map.entry("watchers", List.of(user)),
                        Map.entry("updated_at", Instant.parse("2026-01-31T14:30:00.123456Z"))));
        bare = records.insert("accounts", Map.of());
        for (int i = 0; i < 5; i++) {
            records.insert("contacts",
                    Map.of("last_name", "Person " + i, "salary", new BigDecimal(i * 100), "account", account));
        }
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void showsEachKindOfValueInItsForm() {
        String json = new String(records.pipeline()
                .get(new RecordQuery("accounts", account, List.of(), List.of()), TestingRecords.SESSION).json().utf8(),
                java.nio.charset.StandardCharsets.UTF_8);

        assertThat(json).startsWith("{\"id\":\"" + account + "\",\"name\":\"Quote \\\" and \\\\ and ü and </script>\"")
                .contains("\"revenue\":1234567890123456.70", "\"employees\":9007199254740993", "\"active\":true",
                        "\"founded\":\"2026-01-31\"", "\"opens\":\"08:30:00\"", "\"seen_at\":\"2026-01-31T14:30:00Z\"",
                        "\"updated_at\":\"2026-01-31T14:30:00.123456Z\"", "\"tags\":[\"a,b\",\"{c}\",\"\\\"d\\\"\"]",
                        "\"extra\":{\"a\": null, \"b\": [1, 2.50]}", "\"api_key\":\"••••••\"",
                        "\"parent\":\"" + parent + "\"", "\"watchers\":[\"" + user + "\"]", "\"shape\":null",
                        "\"version\":1")
                .doesNotContain("pin", "tenant_id", "hash", "sealed");
    }

    @Test
    void givesTheVersionBesideTheRecord() {
        RecordDocument document = records.pipeline()
                .get(new RecordQuery("accounts", bare, List.of(), List.of()), TestingRecords.SESSION);

        assertThat(document.version()).isEqualTo(1);
        assertThat(document.object()).isEqualTo("accounts");
        assertThat(document.id()).isEqualTo(bare);
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        UUID nobody = UUID.randomUUID();

        assertThatThrownBy(() -> records.get("accounts", nobody)).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND));
    }

    @Test
    void showsChosenFieldsAndAlwaysTheId() {
        assertThat(records.get("accounts", parent, "name"))
                .hasToString("{\"id\":\"" + parent + "\",\"name\":\"Holding\"}");
    }

    @Test
    void showsDottedFieldsInsideTheirLookup() {
        assertThat(records.get("accounts", account, "employees", "parent.name", "parent.owner.email",
                "parent.region.code"))
                .hasToString("{\"id\":\"" + account + "\",\"employees\":9007199254740993,\"parent\":{\"id\":\"" + parent
                        + "\",\"name\":\"Holding\",\"owner\":{\"id\":\"" + user
                        + "\",\"email\":\"ada@example.com\"},\"region\":{\"id\":\"" + region + "\",\"code\":\"EU\"}}}");
        assertThat(records.get("accounts", bare, "parent.name").get("parent").isNull()).isTrue();
    }

    @Test
    void expandsLookupsToAnyDepth() {
        JsonNode found = one(TestingQuery.of("contacts").limit(1)
                .expand(expansion("account", expansion("parent", expansion("owner"), expansion("region")))));

        assertThat(found.at("/account/name").stringValue()).startsWith("Quote");
        assertThat(found.at("/account/parent/owner/name").stringValue()).isEqualTo("Ada");
        assertThat(found.at("/account/parent/region/name").stringValue()).isEqualTo("Europe");
        assertThat(found.at("/account/parent/parent").isNull()).isTrue();
        assertThat(found.at("/account/owner").isNull()).isTrue();
    }

    @Test
    void expandsSeveralReferences() {
        JsonNode found = one(TestingQuery.of("accounts").where("id", Operator.EQ, account.toString())
                .expand(expansion("watchers")));

        assertThat(found.at("/watchers/0/name").stringValue()).isEqualTo("Ada");
        assertThat(found.get("watchers")).hasSize(1);
    }

    @Test
    void expandsSeveralReferencesInTheOrderInWhichTheyAreStored() {
        var watchers = new ArrayList<UUID>();
        for (int i = 0; i < 120; i++) {
            watchers.add(
                    records.insert("user", Map.of("name", "W%03d".formatted(i), "email", "w" + i + "@example.com")));
        }
        Collections.shuffle(watchers, new Random(7));
        UUID watched = records.insert("accounts", Map.of("name", "Watched", "watchers", watchers));

        JsonNode found = one(TestingQuery.of("accounts").where("id", Operator.EQ, watched.toString())
                .expand(expansion("watchers")));
        JsonNode sorted = one(TestingQuery.of("accounts").where("id", Operator.EQ, watched.toString())
                .expand(new Expansion("watchers", List.of("name"), List.of(), Predicate.ALWAYS,
                        TestingQuery.sorts("-name"), 2, null)));

        assertThat(
                found.get("watchers").valueStream().map(user -> UUID.fromString(user.get("id").stringValue())).toList())
                .isEqualTo(watchers);
        assertThat(sorted.get("watchers").valueStream().map(user -> user.get("name").stringValue()).toList())
                .containsExactly("W119", "W118");
    }

    @Test
    void showsChildrenWithTheirOwnFilterOrderAndPart() {
        var children = new Expansion("contacts", List.of("last_name", "account.name"), List.of(),
                compare("salary", Operator.GT, 0), TestingQuery.sorts("-salary"), 2, 1);

        JsonNode found = one(
                TestingQuery.of("accounts").fields("name").where("id", Operator.EQ, account.toString())
                        .expand(children));

        assertThat(found.get("contacts").valueStream().map(child -> child.get("last_name").stringValue()).toList())
                .containsExactly("Person 3", "Person 2");
        assertThat(found.at("/contacts/0/account/name").stringValue()).startsWith("Quote");
        assertThat(found.at("/contacts/0").propertyNames()).containsExactly("id", "last_name", "account");
    }

    @Test
    void showsNoChildrenAsAnEmptyArray() {
        JsonNode found = one(TestingQuery.of("accounts").where("id", Operator.EQ, bare.toString())
                .expand(expansion("contacts")));

        assertThat(found.get("contacts")).isEmpty();
        assertThat(found.get("contacts").isArray()).isTrue();
    }

    @Test
    void showsChildrenOfChildrenAndOfLookups() {
        JsonNode found = one(TestingQuery.of("contacts").limit(1).sort("last_name")
                .expand(expansion("account", expansion("contacts", expansion("account")),
                        expansion("parent", expansion("accounts")))));

        assertThat(found.at("/account/contacts")).hasSize(5);
        assertThat(found.at("/account/contacts/4/account/id").stringValue()).isEqualTo(account.toString());
        assertThat(found.at("/account/parent/accounts/0/id").stringValue()).isEqualTo(account.toString());
    }

    @Test
    void keepsTheOrderThroughJoins() {
        JsonNode answer = records
                .query(TestingQuery.of("contacts").sort("-account.name", "-salary").expand(expansion("account"))
                        .build());

        assertThat(answer.get("records").valueStream().map(record -> record.get("salary").intValue()).toList())
                .containsExactly(400, 300, 200, 100, 0);
    }

    @Test
    void answersWithTheNameOfAnObjectGivenByItsAlias() {
        assertThat(records.query(TestingQuery.of("users").build()).get("object").stringValue()).isEqualTo("user");
    }

    @Test
    void keepsTenantsApart() {
        UUID foreign = records.insert("accounts", TestingRecords.OTHER_TENANT, Map.of("name", "Foreign"));
        var other = dev.objectos.runtime.session.Session.system(TestingRecords.OTHER_TENANT,
                dev.objectos.runtime.session.Origin.SYSTEM);

        assertThatThrownBy(() -> records.get("accounts", foreign)).isInstanceOf(PlatformException.class);
        assertThat(
                records.query(TestingQuery.of("accounts").where("name", Operator.EQ, "Foreign").build()).get("records"))
                .isEmpty();
        assertThat(records.query(TestingQuery.of("accounts").build(), other).get("records")).hasSize(1);
        assertThat(records.query(TestingQuery.of("regions").build(), other).get("records")).hasSize(1);
        assertThat(records.query(TestingQuery.of("accounts")
                .aggregate(dev.objectos.runtime.query.Aggregation.Function.COUNT, null, "n").build(), other)
                .at("/records/0/n").intValue()).isEqualTo(1);
    }

    private static JsonNode one(TestingQuery query) {
        JsonNode found = records.query(query.build()).get("records");
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
