package dev.objectos.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.plan.BindContext;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.ShapedQuery;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The text of the main statements: whatever is asked for, one SELECT. */
class ReadStatementsTest {

    private static final Session SESSION = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    private static final Catalog CATALOG = TestingCatalogs.of("""
            name: accounts
            fields:
              name: {type: text, searchable: true}
              revenue: {type: currency}
            """, """
            name: contacts
            fields:
              last_name: {type: text}
              account: {type: lookup, reference_to: accounts}
            """, """
            name: regions
            tenancy: global
            fields:
              code: {type: text}
              short: {type: text, max_length: 20}
            """);

    @Test
    void getsOneRecord() {
        assertThat(sql(ShapedQuery
                .of(new RecordQuery("accounts", UUID.randomUUID(), List.of(FieldPath.of("name")), List.of()))))
                .isEqualTo("select \"t0\".\"version\", (select row_to_json(\"#r\") from "
                        + "(select \"t0\".\"id\" as \"id\", \"t0\".\"name\" as \"name\") \"#r\") "
                        + "from \"data\".\"accounts\" \"t0\" "
                        + "where ((\"t0\".\"tenant_id\" = cast(? as uuid)) and (\"t0\".\"id\" = cast(? as uuid)))");
    }

    @Test
    void joinsALookupOnceForTheSamePath() {
        String sql = sql(TestingQuery.of("contacts").fields("last_name").where("account.revenue", Operator.GT, 5)
                .sort("-account.name"));

        assertThat(sql).contains("from (select \"t0\".*, "
                + "\"t1\".\"name\" as \"#k0\" from \"data\".\"contacts\" \"t0\" left outer join \"data\".\"accounts\" \"t1\" "
                + "on ((\"t1\".\"tenant_id\" = cast(? as uuid)) and (\"t1\".\"id\" = \"t0\".\"account\")) "
                + "where ((\"t0\".\"tenant_id\" = cast(? as uuid)) and (\"t1\".\"revenue\" > cast(? as numeric))) "
                + "order by \"t1\".\"name\" desc, \"t0\".\"id\" desc fetch next 101 rows only) \"t0\"");
        assertThat(sql.split("left outer join", -1)).hasSize(2);
    }

    @Test
    void readsChildrenInsideTheSameStatement() {
        assertThat(sql(TestingQuery.of("accounts").fields("name").expand(Expansion.of("contacts")))).contains(
                "from \"data\".\"contacts\" \"t1\" where ((\"t1\".\"tenant_id\" = cast(? as uuid)) "
                        + "and (\"t1\".\"account\" = \"t0\".\"id\")) order by \"t1\".\"id\" asc fetch next 100 rows only");
    }

    @Test
    void goesOnAfterACursorByTheIndexOfTheIds() {
        String cursor = java.util.Base64.getUrlEncoder().withoutPadding()
                .encodeToString("[\"x\",\"y\"]".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(sql(TestingQuery.of("accounts").fields("name").cursor(cursor)))
                .contains("where ((\"t0\".\"tenant_id\" = cast(? as uuid)) and ((\"t0\".\"id\") > (cast(? as uuid))))");
    }

    @Test
    void weighsOnlyPagesThatMayBeLarge() {
        assertThat(sql(TestingQuery.of("accounts").fields("name").limit(10)))
                .contains("case when octet_length(\"t0\".\"name\") <= 3050338 then cast(\"t0\".\"name\" as text) end");
        assertThat(sql(TestingQuery.of("accounts").fields("name").limit(10).count()))
                .contains("octet_length(\"r\".\"c2\")");
        assertThat(sql(TestingQuery.of("accounts").fields("revenue").limit(10))).doesNotContain("octet_length");
        assertThat(sql(TestingQuery.of("regions").fields("short").limit(10))).doesNotContain("octet_length");
    }

    @Test
    void weighsAPageAsAWholeForAWhileAfterALargeValue() {
        ShapedQuery query = ShapedQuery.of(TestingQuery.of("accounts").fields("name").limit(10).build());
        PreparedQuery prepared = compiled(query);
        var context = new BindContext(query.values(), SESSION, Instant.EPOCH);
        BoundQuery first = prepared.bind(context);

        assertThat(first.prepared()).isSameAs(prepared);
        assertThat(first.forLargeValues().prepared().sql()).contains("octet_length(\"r\".\"c2\")");
        assertThat(prepared.bind(context).prepared()).isSameAs(first.forLargeValues().prepared());
    }

    @Test
    void countsGroups() {
        assertThat(sql(
                TestingQuery.of("contacts").groupBy("account.name").aggregate(Aggregation.Function.COUNT, null, "n")))
                .contains(
                        "select \"g\".\"k0\" as \"m0\", count(*) as \"m1\", \"g\".\"k0\" as \"k0\" from (select \"t1\".\"name\" as \"k0\" "
                                + "from \"data\".\"contacts\" \"t0\" left outer join \"data\".\"accounts\" \"t1\"")
                .contains("group by \"g\".\"k0\"");
    }

    @Test
    void putsTheZoneOfASpanIntoAParameter() {
        assertThat(sql(TestingQuery.of("contacts").groupBy("created_at", Grouping.Granularity.WEEK, "week")))
                .contains(
                        "to_char(date_trunc('week', (\"t0\".\"created_at\" at time zone cast(? as text))), 'YYYY-MM-DD')");
    }

    @Test
    void asksNoTenantOfReferenceData() {
        assertThat(sql(TestingQuery.of("regions").fields("code"))).doesNotContain("tenant_id");
    }

    @Test
    void looksForEachWord() {
        assertThat(sql(TestingQuery.of("accounts").fields("name").search("ab cd"))).contains(
                "(\"t0\".\"name\" ilike cast(? as text)) and (\"t0\".\"name\" ilike cast(? as text))");
    }

    @Test
    void isTheSameForOtherValuesOfTheSameShape() {
        ShapedQuery one = ShapedQuery
                .of(TestingQuery.of("accounts").where("revenue", Operator.GT, 5).search("a").build());
        ShapedQuery other = ShapedQuery
                .of(TestingQuery.of("accounts").where("revenue", Operator.GT, "x").search("b").build());
        ShapedQuery another = ShapedQuery
                .of(TestingQuery.of("accounts").where("revenue", Operator.GTE, 5).search("a").build());

        assertThat(one.shape()).isEqualTo(other.shape()).hasSameHashCodeAs(other.shape()).isNotEqualTo(another.shape());
    }

    private static String sql(TestingQuery query) {
        return sql(ShapedQuery.of(query.build()));
    }

    private static PreparedQuery compiled(ShapedQuery query) {
        return ReadCompiler.compile(new ReadPlanner(List.of()).plan(query.shape(), SESSION, CATALOG));
    }

    private static String sql(ShapedQuery query) {
        PreparedQuery prepared = compiled(query);
        assertThat(prepared.sql().chars().filter(character -> character == '?').count())
                .isEqualTo(prepared.parameters().size());
        return prepared.sql();
    }
}
