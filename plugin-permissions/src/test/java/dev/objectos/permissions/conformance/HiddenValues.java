package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.Schema.Kind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes stored values that a person does not see, and that no rule looks at, behind everybody's back: no byte of an answer
 * may change with them.
 */
final class HiddenValues {

    private final PermissionHarness harness;

    HiddenValues(PermissionHarness harness) {
        this.harness = harness;
    }

    /** A field of an object. */
    private record Place(String object, String field) {}

    Optional<String> difference(long seed, int requests) {
        Random random = new Random(seed);
        Rules rules = RandomRules.of(random);
        World world = RandomWorld.of(random, rules.schema());
        Person person = new Person(RandomWorld.USERS.get(random.nextInt(RandomWorld.USERS.size())),
                RandomRules.person(random).roles(), false);
        harness.publish(rules);
        harness.store(world);
        var rights = new ReferenceRights(rules, world, person);
        List<Place> hidden = hidden(rights);
        var asking = new RandomRequests(random, rights);
        var questions = new ArrayList<Request>();
        var paths = new RandomPaths(random, rights);
        for (int i = 0; i < requests && !hidden.isEmpty(); i++) {
            questions.add(i % 4 == 0 ? paths.read() : asking.read());
        }
        var comparison = new PathComparison(harness, rules, world, person);
        List<String> before = answers(questions, person, comparison);
        for (Place place : hidden) {
            for (Map<String, @Nullable Object> record : world.all(place.object())) {
                harness.overwrite(place.object(), World.id(record), place.field(), other(world, place, random));
            }
        }
        List<String> after = answers(questions, person, comparison);
        for (int i = 0; i < questions.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                return Optional.of("seed " + seed + ": " + person + " who does not see " + hidden + "\n"
                        + RulesYaml.describe(rules) + "\n" + questions.get(i) + "\nanswered\n  " + before.get(i)
                        + "\nand then\n  " + after.get(i));
            }
        }
        return Optional.empty();
    }

    private static List<Place> hidden(ReferenceRights rights) {
        Schema schema = rights.world().schema();
        var fields = new ReferenceFields(rights);
        Set<Place> looked = looked(rights.rules(), schema);
        var hidden = new ArrayList<Place>();
        for (String object : Schema.OBJECTS) {
            for (Schema.Field field : schema.fields(object).values()) {
                var place = new Place(object, field.name());
                boolean plain = switch (field.kind()) {
                    case Kind.Text _,Kind.Email _,Kind.Choice _,Kind.Whole _,Kind.Summary _ -> true;
                    case Kind.Lookup _,Kind.Formula _,Kind.File _,Kind.Platform _ -> false;
                };
                boolean unseen = !fields.seen(object, field.name()) || "full".equals(fields.mask(object, field.name()));
                if (plain && unseen && !looked.contains(place)) {
                    hidden.add(place);
                }
            }
        }
        return hidden;
    }

    /** What rules look at, and what authors have declassified. */
    private static Set<Place> looked(Rules rules, Schema schema) {
        var looked = new HashSet<Place>();
        rules.objects().forEach((object, of) -> of.conditions()
                .forEach(condition -> condition.mentions(object, schema,
                        (on, field) -> looked.add(new Place(on, field)))));
        for (String object : Schema.OBJECTS) {
            for (Schema.Field field : schema.fields(object).values()) {
                if (field.kind() instanceof Kind.Formula formula && formula.declassified()) {
                    formula.inputs().forEach(path -> looked.add(new Place(object, path.getFirst())));
                }
            }
        }
        return looked;
    }

    private static @Nullable Object other(World world, Place place, Random random) {
        Schema.Field field = world.schema().fields(place.object()).get(place.field());
        return field == null || field.kind() instanceof Kind.Summary
                ? random.nextInt(1_000)
                : RandomWorld.value(field, List.of(), random);
    }

    private List<String> answers(List<Request> questions, Person person, PathComparison comparison) {
        Session session = PermissionHarness.session(person);
        var answers = new ArrayList<String>();
        for (Request question : questions) {
            try {
                answers.add(switch (question) {
                    case Request.Find(var query) -> harness.records().query(query, session).toString();
                    case Request.Get(var query) -> harness.records().get(query, session).toString();
                    case Request.Path path -> comparison.answer(path).toString();
                    case Request.Change _,Request.Several _ -> throw new IllegalArgumentException(question.toString());
                });
            } catch (PlatformException e) {
                answers.add(e.code() + ": " + e.message() + e.fields() + e.members());
            }
        }
        return answers;
    }
}
