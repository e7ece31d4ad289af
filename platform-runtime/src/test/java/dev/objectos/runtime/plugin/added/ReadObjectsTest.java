package dev.objectos.runtime.plugin.added;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.Aggregation;
import dev.objectos.runtime.query.Expansion;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.Sort;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a query reads beside the object that it names, whichever way it is led there. */
class ReadObjectsTest {

    private static final Catalog CATALOG = TestingCatalogs.of("name: firms\nfields:\n  name: {type: text}\n",
            "name: people\nfields:\n  name: {type: text}\n  firm: {type: lookup, reference_to: firms}\n",
            "name: letters\nfields:\n  name: {type: text}\n  receiver: {type: lookup, reference_to: people}\n",
            "name: stamps\nfields:\n  name: {type: text}\n  letter: {type: lookup, reference_to: letters}\n");

    private static final FieldPath FAR = FieldPath.of("receiver", "firm", "name");

    private static List<String> read(List<FieldPath> fields, Predicate where, List<Sort> order, List<Expansion> expand,
            List<Aggregation> aggregations) {
        var query = new Query("letters", fields, where, order, Page.first(10), expand, List.of(), aggregations,
                Predicate.ALWAYS, null, false);
        return ReadObjects.of(query, CATALOG).stream().map(ObjectDefinition::name).toList();
    }

    private static Predicate holds(FieldPath path) {
        return new Predicate.Comparison(path, Operator.EQ, new Operand.Literal("x"));
    }

    @Test
    void followsPathsWhereverTheyStand() {
        assertThat(read(List.of(FAR), Predicate.ALWAYS, List.of(), List.of(), List.of())).containsExactly("letters",
                "people", "firms");
        assertThat(read(List.of(), new Predicate.Not(new Predicate.Or(List.of(holds(FAR)))), List.of(), List.of(),
                List.of())).containsExactly("letters", "people", "firms");
        assertThat(read(List.of(), new Predicate.Comparison(FieldPath.of("name"), Operator.EQ, new Operand.Field(FAR)),
                List.of(), List.of(), List.of())).containsExactly("letters", "people", "firms");
        assertThat(read(List.of(), Predicate.ALWAYS, List.of(new Sort(FAR, false)), List.of(), List.of()))
                .containsExactly("letters", "people", "firms");
        assertThat(read(List.of(), Predicate.ALWAYS, List.of(), List.of(),
                List.of(new Aggregation(Aggregation.Function.COUNT, null, "n"),
                        new Aggregation(Aggregation.Function.MIN, FieldPath.of("receiver", "name"), "m"))))
                .containsExactly("letters", "people");
    }

    @Test
    void followsLookupsAndCollectionsThatAreExpanded() {
        var firm = Expansion.of("firm");
        var people = new Expansion("receiver", List.of(), List.of(firm), Predicate.ALWAYS, List.of(), null, null);
        assertThat(read(List.of(), Predicate.ALWAYS, List.of(), List.of(people), List.of())).containsExactly("letters",
                "people", "firms");
        var stamps = new Expansion("stamps", List.of(), List.of(), holds(FieldPath.of("letter", "receiver", "name")),
                List.of(), null, null);
        assertThat(read(List.of(), Predicate.ALWAYS, List.of(), List.of(stamps), List.of())).containsExactly("letters",
                "stamps", "people");
    }

    @Test
    void readsNothingOfALookupThatIsNotFollowed() {
        assertThat(read(List.of(FieldPath.of("receiver")), holds(FieldPath.of("receiver")), List.of(), List.of(),
                List.of())).containsExactly("letters");
        assertThat(read(List.of(FieldPath.of("nothing", "name")), Predicate.ALWAYS, List.of(), List.of(), List.of()))
                .containsExactly("letters");
    }
}
