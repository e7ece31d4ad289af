package dev.objectos.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import dev.objectos.server.TestingCatalog;
import dev.objectos.server.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every spelling of a query, and every way to get it wrong. */
final class RestQueryParserTests {

    private final RestQueryParser parser = new RestQueryParser(TestingCatalog.catalog());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            // object form
            "{}|true", "[]|true", "{\"a\":1}|a EQ 1", "{\"a\":null}|a IS_NULL", "{\"a\":{\"$ne\":null}}|a IS_NOT_NULL",
            "{\"a\":1,\"b\":\"x\"}|(a EQ 1 and b EQ x)", "{\"account.industry\":\"x\"}|account.industry EQ x",
            "{\"b\":{\"$gte\":2,\"$in\":[3,4]}}|(b GTE 2 and b IN [3, 4])", "{\"a\":{\"$GT\":1.50}}|a GT 1.50",
            "{\"a\":{\"greater_than\":1}}|a GT 1", "{\"a\":{\"$startsWith\":\"x\"}}|a STARTS_WITH x",
            "{\"a\":{\"$null\":true}}|a IS_NULL", "{\"a\":{\"$null\":false}}|a IS_NOT_NULL",
            "{\"a\":{\"$notNull\":true}}|a IS_NOT_NULL", "{\"a\":{\"$exist\":false}}|a IS_NULL",
            "{\"a\":{\"$exists\":true}}|a IS_NOT_NULL", "{\"a\":{\"$between\":[1,2]}}|a BETWEEN [1, 2]",
            "{\"a\":{\"$eq\":{\"$field\":\"b.c\"}}}|a EQ field b.c", "{\"a\":{\"$field\":\"b\"}}|a EQ field b",
            "{\"$or\":[{\"a\":1},{\"b\":2}]}|(a EQ 1 or b EQ 2)", "{\"$not\":{\"a\":1}}|not a EQ 1",
            "{\"OR\":[{\"a\":1},{\"b\":2}]}|(a EQ 1 or b EQ 2)", "{\"$Or\":[]}|false",
            "{\"a\":1,\"$and\":[{\"b\":2},{\"$or\":[{\"c\":3},[\"d\",\"=\",4]]}]}|(a EQ 1 and (b EQ 2 and (c EQ 3 or d EQ 4)))",
            "{\"a\":{\"$not\":{\"$gt\":1}}}|not a GT 1", "{\"a\":{\"$in\":[1,null]}}|(a IN [1] or a IS_NULL)",
            "{\"a\":{\"$nin\":[1,null]}}|(a NOT_IN [1] and a IS_NOT_NULL)", "{\"a\":{\"$in\":[]}}|a IN []",
            "{\"tags\":[\"x\",\"y\"]}|tags EQ [x, y]", "{\"address\":{\"$eq\":{\"city\":\"x\"}}}|address EQ {city=x}",
            // array form
            "[\"a\",\"=\",1]|a EQ 1", "[[\"a\",\">=\",1],\"and\",[\"b\",\"=\",2]]|(a GTE 1 and b EQ 2)",
            "[\"and\",[\"a\",\"<>\",1],[\"b\",\"<\",2]]|(a NE 1 and b LT 2)",
            "[\"OR\",[\"a\",\"!=\",1],[\"b\",\"<=\",2]]|(a NE 1 or b LTE 2)", "[\"not\",[\"a\",\"=\",1]]|not a EQ 1",
            "[[\"a\",\"=\",1],[\"b\",\"=\",2]]|(a EQ 1 and b EQ 2)",
            "[[\"a\",\"=\",1],\"or\",[\"b\",\"=\",2],\"and\",[\"c\",\"=\",3]]|(a EQ 1 or (b EQ 2 and c EQ 3))",
            "[\"a\",\"not_in\",[1]]|a NOT_IN [1]", "[\"a\",\"is_null\"]|a IS_NULL",
            "[\"a\",\"is_null\",null]|a IS_NULL",
            "[\"a\",\"is_not_null\",null]|a IS_NOT_NULL", "[\"a\",\"is_null\",false]|a IS_NOT_NULL",
            "[\"a\",\"starts_with\",\"x\"]|a STARTS_WITH x", "[\"a\",\"notContains\",\"x\"]|a NOT_CONTAINS x",
            "[\"a\",\"ILIKE\",\"%x\"]|a ILIKE %x", "[\"a\",\"$eq\",1]|a EQ 1", "[\"and\",\"=\",1]|and EQ 1",
            "[\"start_date\",\"before\",\"2026-01-01\"]|start_date LT 2026-01-01",
            "[\"start_date\",\"after\",\"{today}\"]|start_date GT {today}",
            // date macros
            "{\"start_date\":\"{today}\"}|start_date EQ {today}",
            "{\"called_at\":{\"$gte\":\"{last_n_days:7}\"}}|called_at GTE {last_n_days:7}",
            "{\"next_birthday\":\"{This_Month}\"}|next_birthday EQ {this_month}",
            "{\"account.renewed_on\":\"{today}\"}|account.renewed_on EQ {today}",
            "{\"start_date\":{\"$between\":[\"{today}\",\"2027-01-01\"]}}|(start_date GTE {today} and start_date LTE 2027-01-01)",
            "{\"start_date\":{\"$in\":[\"{today}\",\"2027-01-01\"]}}|(start_date IN [2027-01-01] or start_date EQ {today})",
            "{\"last_name\":\"{today}\"}|last_name EQ '{today}'", "{\"start_date\":\"{}\"}|start_date EQ '{}'"})
    void readsAFilter(String json, String expected) {
        assertThat(Shown.predicate(body("{\"where\":" + json + "}").where())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1", "\"a\"", "true", "{\"a\":{}}",
            "{\"a\":{\"$regex\":\"x\"}}",
            "{\"$nor\":[]}", "{\"$or\":{}}", "{\"$or\":[1]}", "{\"$not\":1}", "{\"a\":{\"$gt\":null}}",
            "{\"a\":{\"b\":1}}", "{\"a\":{\"$in\":1}}", "{\"a\":{\"$between\":[1]}}", "{\"a\":{\"$between\":[1,null]}}",
            "{\"a\":{\"$null\":\"yes\"}}", "{\"a\":{\"$null\":null}}", "{\"a\":{\"$eq\":{\"$field\":1}}}",
            "{\"a\":{\"$contains\":{\"$field\":\"b\"}}}", "{\"a\":{\"$field\":\"b\",\"$gt\":1}}", "{\"\":1}",
            "[\"a\"]", "[\"a\",\"=\"]", "[\"a\",\"=\",1,2]", "[\"a\",\"~\",1]", "[\"a\",1,1]", "[1,\"=\",1]",
            "[[\"a\",\"=\",1],\"xor\",[\"b\",\"=\",1]]", "[[\"a\",\"=\",1],\"and\"]",
            "[[\"a\",\"=\",1],\"and\",\"or\",[\"b\",\"=\",1]]",
            "[null]", "[\"not\",[\"a\",\"=\",1],[\"b\",\"=\",1]]", "[[\"a\",\"=\",1],2]", "{\"$and\":[null]}"})
    void refusesAFilter(String json) {
        assertRefused("INVALID_FILTER", "{\"where\":" + json + "}");
    }

    @Test
    void boundsFilters() {
        assertRefused("INVALID_FILTER", "{\"where\":" + "{\"$not\":".repeat(40) + "{\"a\":1}" + "}".repeat(40) + "}");
        assertRefused("INVALID_FILTER", "{\"where\":[" + "[\"a\",\"=\",1],".repeat(600) + "[\"a\",\"=\",1]]}");
        assertRefused("INVALID_FILTER", "{\"where\":{\"a\":{\"$in\":[" + "1,".repeat(10_001) + "1]}}}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"\"-a,b\"|a desc, b asc", "\"a, -b\"|a asc, b desc",
            "[\"-a\",\"b\"]|a desc, b asc", "[{\"field\":\"a\",\"order\":\"DESC\"},{\"field\":\"b\"}]|a desc, b asc",
            "[[\"a\",\"desc\"]]|a desc", "{\"b\":\"desc\",\"a\":\"asc\"}|b desc, a asc",
            "\"a desc, b asc\"|a desc, b asc", "\"a:desc\"|a desc",
            "\"account.name\"|account.name asc",
            "{\"field\":\"a\",\"order\":\"asc\"}|a asc", "\"\"|``"})
    void readsAnOrder(String json, String expected) {
        for (String key : List.of("sort", "orderBy")) {
            List<Sort> sorts = body("{\"" + key + "\":" + json + "}").orderBy();
            assertThat(String.join(", ", sorts.stream()
                    .map(sort -> sort.field() + (sort.descending() ? " desc" : " asc")).toList()))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1", "\"a,,b\"", "\"-\"", "\"a,a\"", "[\"a\",\"-a\"]",
            "[null]",
            "[{\"field\":\"a\",\"order\":\"up\"}]", "[{\"order\":\"asc\"}]", "[{\"field\":\"a\",\"dir\":\"asc\"}]",
            "\"a sideways\"",
            "[[\"a\"]]", "{}", "{\"a\":\"down\"}", "{\"a\":null}", "[{\"a\":\"desc\"}]"})
    void refusesAnOrder(String json) {
        assertRefused("INVALID_SORT", "{\"sort\":" + json + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"limit\":1}|1", "{\"top\":1000}|1000", "{}|100"})
    void readsALimit(String json, int limit) {
        assertThat(body(json).page()).isEqualTo(Page.first(limit));
    }

    @Test
    void readsOffsetsAndCursors() {
        assertThat(body("{\"skip\":0}").page()).isEqualTo(new Page(100, 0, null));
        assertThat(body("{\"cursor\":\"abc\"}").page()).isEqualTo(new Page(100, null, "abc"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"limit\":0}", "{\"limit\":1001}", "{\"limit\":-1}",
            "{\"limit\":1.5}",
            "{\"limit\":10.0}", "{\"limit\":\"10\"}", "{\"limit\":99999999999}", "{\"offset\":-1}",
            "{\"offset\":2147483648}",
            "{\"cursor\":\"\"}", "{\"cursor\":1}", "{\"cursor\":\"a\",\"offset\":0}", "{\"limit\":1,\"top\":1}",
            "{\"where\":{},\"filter\":{}}", "{\"filter\":{},\"filters\":{}}", "{\"select\":[],\"fields\":[]}",
            "{\"sort\":\"a\",\"orderBy\":\"a\"}", "{\"expand\":[],\"include\":[]}", "{\"unknown\":1}", "{\"Where\":{}}",
            "{\"distinct\":true}", "{\"count\":1}", "{\"count\":\"true\"}", "{\"search\":1}",
            "{\"search\":{\"query\":\"x\",\"fuzzy\":true}}",
            "{\"object\":\"accounts\"}", "{\"object\":1}", "{\"expand\":1}", "{\"expand\":[1]}", "{\"expand\":[\"\"]}",
            "{\"expand\":{\"account\":false}}", "{\"expand\":{\"account\":{\"count\":true}}}",
            "{\"expand\":{\"account\":{\"x\":1}}}",
            "{\"expand\":\"a.b.c.d.e.f.g.h.i\"}", "{\"expand\":{\"account\":{\"limit\":0}}}", "{\"groupBy\":1}",
            "{\"groupBy\":[1]}",
            "{\"groupBy\":[{\"field\":\"a\",\"dateGranularity\":\"hour\"}]}",
            "{\"groupBy\":[{\"field\":\"a\",\"x\":1}]}",
            "{\"groupBy\":[\"a\",\"a\"]}", "{\"aggregations\":[\"count\"]}",
            "{\"aggregations\":[{\"function\":\"median\",\"field\":\"a\"}]}",
            "{\"aggregations\":[{\"function\":\"sum\"}]}", "{\"aggregations\":[{\"field\":\"a\"}]}",
            "{\"aggregations\":[{\"function\":\"count\",\"alias\":\"\"}]}",
            "{\"aggregations\":[{\"function\":\"count\",\"alias\":1}]}",
            "{\"aggregations\":[{\"function\":\"count\"},{\"function\":\"count\"}]}",
            "{\"groupBy\":[\"a\"],\"aggregations\":[{\"function\":\"count\",\"alias\":\"a\"}]}"})
    void refusesAQuery(String json) {
        assertRefused("INVALID_QUERY", json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{\"fields\":1}", "{\"fields\":[1]}",
            "{\"fields\":[null]}",
            "{\"select\":\"a,,b\"}", "{\"select\":[\"\"]}", "{\"expand\":{\"account\":{\"fields\":[1]}}}"})
    void refusesFields(String json) {
        assertRefused("INVALID_FIELD", json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"[]", "1", "\"a\"", "null"})
    void refusesABodyThatIsNoQuery(String json) {
        assertRefused("INVALID_REQUEST", json);
    }

    @Test
    void takesNullAsNotGiven() {
        assertThat(body("{\"where\":null,\"filter\":null,\"sort\":null,\"limit\":null,\"object\":\"contacts\"}"))
                .isEqualTo(Query.of("contacts"));
    }

    @Test
    void readsFields() {
        var expected = List.of(FieldPath.of("a"), FieldPath.of("account", "name"));
        assertThat(body("{\"fields\":[\"a\",\"account.name\",\"a\"]}").fields()).isEqualTo(expected);
        assertThat(body("{\"select\":\"a, account.name\"}").fields()).isEqualTo(expected);
    }

    @Test
    void readsExpansionsInEverySpelling() {
        Expansion owner = Expansion.of("owner");
        Expansion account = new Expansion("account", List.of(), List.of(owner), Predicate.ALWAYS, List.of(), null,
                null);
        for (String key : List.of("expand", "include", "populate")) {
            assertThat(body("{\"" + key + "\":[\"account\",\"account.owner\"]}").expand()).containsExactly(account);
            assertThat(body("{\"" + key + "\":\"account.owner,account\"}").expand()).containsExactly(account);
            assertThat(body("{\"" + key + "\":{\"account\":{\"expand\":[\"owner\"]}}}").expand())
                    .containsExactly(account);
        }
        Expansion notes = body(
                """
                        {"expand":{"notes":{"select":["body"],"filter":{"created_at":"{today}"},"sort":"-created_at","top":5,"skip":1},
                                   "owner":true}}""")
                .expand().getFirst();
        assertThat(notes.fields()).containsExactly("body");
        assertThat(Shown.predicate(notes.where())).isEqualTo("created_at EQ {today}");
        assertThat(notes.orderBy()).containsExactly(new Sort(FieldPath.of("created_at"), true));
        assertThat(notes.limit()).isEqualTo(5);
        assertThat(notes.offset()).isEqualTo(1);
    }

    @Test
    void readsGroups() {
        Query query = body(
                """
                        {"groupBy":["status",{"field":"account.industry","alias":"industry"},{"field":"start_date","dateGranularity":"Month"}],
                         "aggregations":[{"function":"count"},{"function":"SUM","field":"account.size"},
                                         {"function":"count_distinct","field":"owner","alias":"owners"},{"function":"count","field":"*","alias":"n"}],
                         "having":{"count":{"$gt":2}},"orderBy":["-count"]}""");
        assertThat(query.groupBy()).containsExactly(new Grouping(FieldPath.of("status"), null, "status"),
                new Grouping(FieldPath.of("account", "industry"), null, "industry"),
                new Grouping(FieldPath.of("start_date"), Grouping.Granularity.MONTH, "start_date"));
        assertThat(query.aggregations()).containsExactly(new Aggregation(Aggregation.Function.COUNT, null, "count"),
                new Aggregation(Aggregation.Function.SUM, FieldPath.of("account", "size"), "sum_account_size"),
                new Aggregation(Aggregation.Function.COUNT_DISTINCT, FieldPath.of("owner"), "owners"),
                new Aggregation(Aggregation.Function.COUNT, null, "n"));
        assertThat(Shown.predicate(query.having())).isEqualTo("count GT 2");
    }

    @Test
    void readsSearchAndCount() {
        assertThat(body("{\"search\":\"foo bar\",\"count\":true}")).extracting(Query::search, Query::count)
                .containsExactly("foo bar", true);
        assertThat(body("{\"search\":{\"query\":\"foo\"}}").search()).isEqualTo("foo");
        assertThat(body("{\"search\":\" \"}").search()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"age=5|age EQ 5", "age=five|age EQ five",
            "salary=1.10|salary EQ 1.10", "vip=true|vip EQ true", "vip=yes|vip EQ yes", "last_name=5|last_name EQ 5",
            "last_name=null|last_name EQ null", "age=null|age IS_NULL", "account=null|account IS_NULL",
            "start_date={today}|start_date EQ {today}", "start_date=2026-01-01|start_date EQ 2026-01-01",
            "account.name=Acme+%26+Co|account.name EQ Acme & Co", "account.renewed_on=null|account.renewed_on IS_NULL",
            "tags=a,b|tags EQ [a, b]", "address=%7B%22city%22:%22x%22%7D|address EQ {city=x}", "address=x|address EQ x",
            "full_name=|full_name EQ ",
            "no_such=1|no_such EQ 1", "a=1&filter={%22b%22:2}|(b EQ 2 and a EQ 1)",
            "filter=[[%22b%22,%22=%22,2],%22or%22,[%22c%22,%22=%22,3]]|(b EQ 2 or c EQ 3)", "where={}|true",
            "last_name=%C3%96l|last_name EQ Öl"})
    void readsAFilterFromAUrl(String query, String expected) {
        assertThat(Shown.predicate(url(query).where()).strip()).isEqualTo(expected);
    }

    @Test
    void readsEverythingElseFromAUrl() {
        Query query = url("select=a,b&sort=-a&top=5&skip=2&expand=account.owner,notes&search=x&groupBy=status"
                + "&aggregations=[{%22function%22:%22count%22}]&count=true&having={%22count%22:{%22$gt%22:1}}");
        assertThat(query).isEqualTo(
                body("""
                        {"select":["a","b"],"sort":["-a"],"top":5,"skip":2,"expand":["account.owner","notes"],"search":"x",
                         "groupBy":["status"],"aggregations":[{"function":"count"}],"count":true,"having":{"count":{"$gt":1}}}"""));
        assertThat(url("sort=[{%22field%22:%22a%22,%22order%22:%22desc%22}]").orderBy())
                .containsExactly(new Sort(FieldPath.of("a"), true));
        assertThat(url("select=&sort=&expand=")).isEqualTo(Query.of("contacts"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"top=0|INVALID_QUERY", "top=1001|INVALID_QUERY",
            "top=x|INVALID_QUERY",
            "top=|INVALID_QUERY", "top=+5|INVALID_QUERY", "skip=-1|INVALID_QUERY", "count=1|INVALID_QUERY",
            "top=1&limit=2|INVALID_QUERY",
            "filter=|INVALID_FILTER", "filter=x|INVALID_FILTER", "filter={|INVALID_FILTER",
            "filter={%22a%22:1}x|INVALID_FILTER",
            "filter=5|INVALID_FILTER", "a=1&a=2|INVALID_REQUEST", "a=%|INVALID_REQUEST", "a=%zz|INVALID_REQUEST",
            "a=%ff|INVALID_REQUEST",
            "a=%ed%a0%80|INVALID_REQUEST", "%61=1&a=2|INVALID_REQUEST", "=1|INVALID_FIELD",
            "aggregations=x|INVALID_QUERY",
            "select=[1]|INVALID_FIELD", "sort=a,,b|INVALID_SORT", "cursor=|INVALID_QUERY"})
    void refusesAUrl(String query, String code) {
        assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> url(query))
                .satisfies(refusal -> assertThat(refusal.code().name()).isEqualTo(code));
    }

    private Query body(String json) {
        return parser.parse(TestingCatalog.object("contacts"), JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    private Query url(String query) {
        return parser.parse(TestingCatalog.object("contacts"), UrlParameters.parse(query));
    }

    private void assertRefused(String code, String json) {
        assertThatExceptionOfType(PlatformException.class).isThrownBy(() -> body(json))
                .satisfies(refusal -> assertThat(refusal.code().name()).isEqualTo(code))
                .satisfies(refusal -> assertThat(refusal.message()).isNotBlank().hasSizeLessThan(400));
    }
}
