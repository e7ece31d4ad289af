package dev.objectos.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.GroupSelection;
import dev.objectos.runtime.query.Grouping;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.PagePart;
import dev.objectos.runtime.query.PagePart.Edge;
import dev.objectos.runtime.query.PagePart.Fact;
import dev.objectos.runtime.query.PageSelection;
import dev.objectos.runtime.query.PageSelection.Window;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Range;
import dev.objectos.runtime.query.Selection;
import dev.objectos.runtime.query.Selection.Part;
import dev.objectos.runtime.query.SelectionQuery;
import dev.objectos.runtime.query.SelectionQuery.Root;
import dev.objectos.runtime.query.Sort;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several things in one answer, each part under the name that the asker chose. */
class SelectionTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Operand NONE = new Operand.None();
    private static final List<Aggregation> COUNT = List
            .of(new Aggregation(Aggregation.Function.COUNT, null, "a0"));
    private static final Selection NAME = select(new Part.Value("n", "name"));

    private static TestingRecords records;
    private static UUID user;
    private static UUID first;

    @BeforeAll
    static void open() {
        records = SalesObjects.publish("selections");
        user = records.insert("user", Map.of("name", "Ada", "email", "ada@example.com"));
        first = records.insert("accounts", Map.of("name", "A", "industry", "tech", "revenue", new BigDecimal("10.50"),
                "watchers", List.of(user), "owner", user));
        for (String name : List.of("B", "C", "D", "E")) {
            records.insert("accounts", Map.of("name", name, "industry", name.equals("B") ? "tech" : "retail", "revenue",
                    new BigDecimal("1.25"), "parent", first));
        }
        for (int i = 0; i < 5; i++) {
            records.insert("contacts", Map.of("last_name", "Person " + i, "account", first));
        }
    }

    @AfterAll
    static void close() {
        records.close();
    }

    @Test
    void answersOneListUnderChosenNames() {
        assertThat(text(new Root.Several("list", "accounts", range(2, "name"), select(new Part.Value("a", "name"),
                new Part.Value("b", "name"), new Part.Text("__typename", "accounts"),
                new Part.Lookup("up", "parent", NAME)))))
                .isEqualTo("{\"list\":[{\"a\":\"A\",\"b\":\"A\",\"__typename\":\"accounts\",\"up\":null},"
                        + "{\"a\":\"B\",\"b\":\"B\",\"__typename\":\"accounts\",\"up\":{\"n\":\"A\"}}]}");
    }

    @Test
    void answersEverythingAtOnceInTheOrderAsked() {
        JsonNode answer = ask(new Root.Text("__typename", "Query"),
                new Root.One("one", "accounts", new Operand.Literal(first.toString()), NAME),
                new Root.One("none", "accounts", new Operand.Literal(UUID.randomUUID().toString()), NAME),
                new Root.Several("some", "accounts", range(2, "name"), NAME),
                new Root.Several("nothing", "accounts",
                        Range.first(5, equal("name", "nobody")), NAME));

        assertThat(answer).hasToString("{\"__typename\":\"Query\",\"one\":{\"n\":\"A\"},\"none\":null,"
                + "\"some\":[{\"n\":\"A\"},{\"n\":\"B\"}],\"nothing\":[]}");
    }

    @Test
    void showsOneCollectionTwiceWithDifferentConditions() {
        JsonNode answer = ask(new Root.Several("list", "accounts", range(1, "name"), select(
                new Part.Members("early", "contacts",
                        new Range(Predicate.ALWAYS, List.of(sort("last_name")), 2, NONE), person()),
                new Part.Members("late", "contacts", new Range(Predicate.ALWAYS, List.of(sort("last_name")), 2,
                        new Operand.Literal(3)), person()),
                new Part.Members("named", "contacts", Range.first(9, equal("last_name", "Person 4")), person()),
                new Part.Members("watchers", "watchers", Range.first(9, Predicate.ALWAYS), NAME))));

        assertThat(answer.at("/list/0")).hasToString("{\"early\":[{\"p\":\"Person 0\"},{\"p\":\"Person 1\"}],"
                + "\"late\":[{\"p\":\"Person 3\"},{\"p\":\"Person 4\"}],\"named\":[{\"p\":\"Person 4\"}],"
                + "\"watchers\":[{\"n\":\"Ada\"}]}");
    }

    @Test
    void pagesForwardsAndBackwards() {
        JsonNode page = ask(connection(new Window(2, false, NONE, NONE))).get("page");
        assertThat(names(page)).containsExactly("A", "B");
        assertThat(page.get("info")).hasToString(info(true, false, page));
        assertThat(page.get("total").intValue()).isEqualTo(5);

        page = ask(connection(new Window(2, false, cursor(page, 1), NONE))).get("page");
        assertThat(names(page)).containsExactly("C", "D");
        assertThat(page.get("info")).hasToString(info(true, true, page));

        JsonNode end = ask(connection(new Window(2, false, cursor(page, 1), NONE))).get("page");
        assertThat(names(end)).containsExactly("E");
        assertThat(end.get("info")).hasToString(info(false, true, end));

        JsonNode before = ask(connection(new Window(2, true, NONE, cursor(page, 1)))).get("page");
        assertThat(names(before)).containsExactly("B", "C");
        assertThat(before.get("info")).hasToString(info(true, true, before));

        JsonNode last = ask(connection(new Window(3, true, NONE, NONE))).get("page");
        assertThat(names(last)).containsExactly("C", "D", "E");
        assertThat(last.get("info")).hasToString(info(false, true, last));

        JsonNode between = ask(connection(new Window(9, false, cursor(before, 0), cursor(end, 0)))).get("page");
        assertThat(names(between)).containsExactly("C", "D");
    }

    @Test
    void pagesThroughNothing() {
        JsonNode page = ask(new Root.Connection("page", "accounts", new PageSelection(equal("name", "nobody"),
                List.of(), new Window(2, false, NONE, NONE), parts()))).get("page");

        assertThat(page).hasToString("{\"edges\":[],\"info\":{\"next\":false,\"previous\":false,\"start\":null,"
                + "\"end\":null},\"total\":0}");
        assertThat(ask(new Root.Connection("page", "accounts", new PageSelection(Predicate.ALWAYS, List.of(),
                new Window(2, false, NONE, NONE), List.of(new PagePart.Total<>("total"))))))
                .hasToString("{\"page\":{\"total\":5}}");
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        JsonNode page = ask(connection(new Window(2, false, NONE, NONE))).get("page");
        var other = new Root.Connection("page", "accounts", new PageSelection(Predicate.ALWAYS,
                List.of(sort("revenue")), new Window(2, false, cursor(page, 1), NONE), parts()));

        assertThatThrownBy(() -> ask(other)).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_QUERY));
    }

    @Test
    void groupsInChosenForms() {
        JsonNode answer = ask(new Root.Groups("by", "accounts", new GroupSelection(Predicate.ALWAYS,
                List.of(new Grouping(FieldPath.of("industry"), null, "k0")),
                List.of(new Aggregation(Aggregation.Function.COUNT, null, "a0"),
                        new Aggregation(Aggregation.Function.SUM, FieldPath.of("revenue"), "a1")),
                100, NONE, true,
                List.of(new GroupSelection.Part.Nested("group",
                        List.of(new GroupSelection.Part.Value("industry", "k0"))),
                        new GroupSelection.Part.Value("count", "a0"),
                        new GroupSelection.Part.Nested("sum",
                                List.of(new GroupSelection.Part.Value("revenue", "a1")))))),
                new Root.Groups("all", "accounts", new GroupSelection(Predicate.ALWAYS, List.of(), COUNT, 1, NONE, true,
                        List.of(new GroupSelection.Part.Nested("group", List.of()),
                                new GroupSelection.Part.Value("count", "a0")))));

        assertThat(answer).hasToString("{\"by\":[{\"group\":{\"industry\":\"retail\"},\"count\":3,"
                + "\"sum\":{\"revenue\":3.75}},{\"group\":{\"industry\":\"tech\"},\"count\":2,"
                + "\"sum\":{\"revenue\":11.75}}],\"all\":[{\"group\":null,\"count\":5}]}");
    }

    @Test
    void isNarrowedLikeEveryRead() {
        var rewriter = new HidingRewriter().rows("accounts", new RowFilter.Where(equal("industry", "tech")))
                .field("contacts", "email").rows("contacts", RowFilter.NOTHING);

        JsonNode answer = ask(rewriter, new Root.Several("list", "accounts", range(9, "name"),
                select(new Part.Value("n", "name"),
                        new Part.Members("c", "contacts", Range.first(9, Predicate.ALWAYS), person()))),
                new Root.Groups("all", "accounts", counted(List.of(), 1, true)));

        assertThat(answer).hasToString(
                "{\"list\":[{\"n\":\"A\",\"c\":[]},{\"n\":\"B\",\"c\":[]}],\"all\":[{\"count\":2}]}");
        assertThatThrownBy(() -> ask(rewriter, new Root.Several("list", "contacts", range(9, "last_name"),
                select(new Part.Value("e", "email"))))).isInstanceOfSatisfying(PlatformException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_FIELD));
        assertThatThrownBy(() -> ask(new HidingRewriter().object("contacts"), new Root.Several("list", "contacts",
                range(9, "last_name"), person()))).isInstanceOf(PlatformException.class);
    }

    @Test
    void countsAndPagesWhatBelongsToEachRecord() {
        JsonNode answer = ask(new Root.Several("list", "accounts", range(2, "name"), select(
                new Part.Value("n", "name"),
                new Part.Groups("count", "contacts", counted(List.of(), 1, true)),
                new Part.Groups("named", "contacts", new GroupSelection(equal("last_name", "Person 4"),
                        List.of(key("last_name")), COUNT, 100, NONE, true, List.of(
                                new GroupSelection.Part.Value("name", "k0"),
                                new GroupSelection.Part.Value("count", "a0")))),
                new Part.Connection("page", "contacts", page(new Window(2, false, NONE, NONE), "last_name")),
                new Part.Groups("watching", "watchers", counted(List.of(), 1, true)))));

        assertThat(answer.at("/list/0/count")).hasToString("[{\"count\":5}]");
        assertThat(answer.at("/list/0/named")).hasToString("[{\"name\":\"Person 4\",\"count\":1}]");
        assertThat(answer.at("/list/0/watching")).hasToString("[{\"count\":1}]");
        assertThat(answer.at("/list/0/page/total").intValue()).isEqualTo(5);
        assertThat(answer.at("/list/0/page/info/next").booleanValue()).isTrue();
        assertThat(answer.at("/list/0/page/edges/1/node/p").stringValue()).isEqualTo("Person 1");
        assertThat(answer.at("/list/1/count")).hasToString("[{\"count\":0}]");
        assertThat(answer.at("/list/1/named")).hasToString("[]");
        assertThat(answer.at("/list/1/page")).hasToString("{\"edges\":[],\"info\":{\"next\":false,\"previous\":"
                + "false,\"start\":null,\"end\":null},\"total\":0}");

        JsonNode next = ask(new Root.One("one", "accounts", new Operand.Literal(first.toString()), select(
                new Part.Connection("page", "contacts",
                        page(new Window(9, false, cursor(answer.at("/list/0/page"), 1), NONE), "last_name")))));
        assertThat(next.at("/one/page/edges").valueStream().map(edge -> edge.at("/node/p").stringValue()))
                .containsExactly("Person 2", "Person 3", "Person 4");
    }

    @Test
    void pagesThroughALookupToSeveralInItsOrder() {
        UUID ada = neighbour("user", Map.of("name", "Ada", "email", "ada@example.org"));
        UUID bob = neighbour("user", Map.of("name", "Bob", "email", "bob@example.org"));
        neighbour("accounts", Map.of("name", "Watched", "watchers", List.of(bob, ada)));

        JsonNode first = watching(NONE);
        JsonNode second = watching(cursor(first, 0));

        assertThat(names(first)).containsExactly("Bob");
        assertThat(names(second)).containsExactly("Ada");
    }

    @Test
    void leavesNoGroupOutInSilence() {
        assertThatThrownBy(() -> ask(new Root.Groups("by", "contacts", counted(List.of(key("last_name")), 4, true))))
                .isInstanceOfSatisfying(PlatformException.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_QUERY);
                    assertThat(refusal.message()).contains("groups");
                });
        assertThatThrownBy(() -> ask(new Root.Several("list", "accounts", range(9, "name"),
                select(new Part.Groups("by", "contacts", counted(List.of(key("last_name")), 4, true))))))
                .isInstanceOf(PlatformException.class);
        assertThat(ask(new Root.Groups("by", "contacts", counted(List.of(key("last_name")), 5, true))).get("by"))
                .hasSize(5);
        assertThat(ask(new Root.Groups("by", "contacts", new GroupSelection(Predicate.ALWAYS,
                List.of(key("last_name")), COUNT, 2, new Operand.Literal(3), false,
                List.of(new GroupSelection.Part.Value("name", "k0"))))))
                .hasToString("{\"by\":[{\"name\":\"Person 3\"},{\"name\":\"Person 4\"}]}");
    }

    @Test
    void narrowsWhatIsCountedOfEachRecordToo() {
        var rewriter = new HidingRewriter().rows("contacts", new RowFilter.Where(equal("last_name", "Person 1")))
                .field("contacts", "email");
        JsonNode answer = ask(rewriter, new Root.Several("list", "accounts", range(1, "name"), select(
                new Part.Groups("count", "contacts", counted(List.of(), 1, true)),
                new Part.Connection("page", "contacts", page(new Window(9, false, NONE, NONE), "last_name")))));

        assertThat(answer.at("/list/0/count")).hasToString("[{\"count\":1}]");
        assertThat(answer.at("/list/0/page/total").intValue()).isEqualTo(1);
        assertThatThrownBy(() -> ask(rewriter, new Root.Several("list", "accounts", range(1, "name"),
                select(new Part.Groups("by", "contacts", counted(List.of(key("email")), 9, true))))))
                .isInstanceOfSatisfying(PlatformException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_FIELD));
    }

    private static UUID neighbour(String object, Map<String, ?> values) {
        return records.insert(object, TestingRecords.OTHER_TENANT, values);
    }

    private static JsonNode watching(Operand after) {
        var page = new PageSelection(Predicate.ALWAYS, List.of(), new Window(1, false, after, NONE),
                List.of(new PagePart.Edges<>("edges",
                        List.of(new Edge.Cursor<>("at"), new Edge.Node<>("node", NAME)))));
        var query = new SelectionQuery(List.of(new Root.Several("list", "accounts", range(1, "name"),
                select(new Part.Connection("page", "watchers", page)))));
        return JSON.readTree(records.pipeline()
                .select(query, Session.system(TestingRecords.OTHER_TENANT, Origin.SYSTEM)).utf8()).at("/list/0/page");
    }

    private static Grouping key(String field) {
        return new Grouping(FieldPath.of(field), null, "k0");
    }

    private static GroupSelection counted(List<Grouping> groupBy, int limit, boolean all) {
        return new GroupSelection(Predicate.ALWAYS, groupBy, COUNT, limit, NONE, all,
                List.of(new GroupSelection.Part.Value("count", "a0")));
    }

    private static PageSelection page(Window window, String order) {
        return new PageSelection(Predicate.ALWAYS, List.of(sort(order)), window,
                List.of(new PagePart.Edges<>("edges",
                        List.of(new Edge.Cursor<>("at"), new Edge.Node<>("node", person()))),
                        parts().get(1), parts().get(2)));
    }

    private static Root connection(Window window) {
        return new Root.Connection("page", "accounts",
                new PageSelection(Predicate.ALWAYS, List.of(sort("name")), window, parts()));
    }

    private static List<PagePart<Selection>> parts() {
        return List.of(new PagePart.Edges<>("edges", List.of(new Edge.Cursor<>("at"),
                new Edge.Node<>("node", NAME))),
                new PagePart.PageInfo<>("info", List.of(new Fact.More("next", true),
                        new Fact.More("previous", false), new Fact.End("start", true),
                        new Fact.End("end", false))),
                new PagePart.Total<>("total"));
    }

    private static String info(boolean next, boolean previous, JsonNode page) {
        int last = page.get("edges").size() - 1;
        return "{\"next\":" + next + ",\"previous\":" + previous + ",\"start\":" + page.at("/edges/0/at")
                + ",\"end\":" + page.at("/edges/" + last + "/at") + "}";
    }

    private static List<String> names(JsonNode page) {
        return page.get("edges").valueStream().map(edge -> edge.at("/node/n").stringValue()).toList();
    }

    private static Operand cursor(JsonNode page, int edge) {
        return new Operand.Literal(page.at("/edges/" + edge + "/at").stringValue());
    }

    private static Selection person() {
        return select(new Part.Value("p", "last_name"));
    }

    private static Selection select(Part... parts) {
        return new Selection(List.of(parts));
    }

    private static Range range(int limit, String order) {
        return new Range(Predicate.ALWAYS, List.of(sort(order)), limit, NONE);
    }

    private static Sort sort(String field) {
        return new Sort(FieldPath.of(field), false);
    }

    private static Predicate equal(String field, String value) {
        return new Predicate.Comparison(FieldPath.of(field), Operator.EQ, new Operand.Literal(value));
    }

    private static JsonNode ask(Root... roots) {
        return JSON.readTree(text(roots));
    }

    private static JsonNode ask(QueryRewriter rewriter, Root... roots) {
        return JSON.readTree(text(rewriter, roots));
    }

    private static String text(Root... roots) {
        return text(null, roots);
    }

    private static String text(@Nullable QueryRewriter rewriter, Root... roots) {
        ReadPipeline pipeline = rewriter == null ? records.pipeline() : records.pipeline(rewriter);
        return pipeline.select(new SelectionQuery(List.of(roots)), TestingRecords.SESSION).toString();
    }
}
