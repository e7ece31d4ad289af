package dev.objectos.permissions.trial;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.Rights;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Runs the tests that files named {@code *.permission-test.yml} bring, with the very filters that statements get, on records
 * that the tests describe. What fails is an error of the file, at its line.
 */
public final class PermissionTests {

    private static final String TYPE = "permission_test";

    private final ObjectRights access;
    private final Clock clock;

    /** @param access what reads and writes show of objects */
    public PermissionTests(ObjectRights access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    /** What fails, of all tests in a catalog. */
    public List<Violation> run(Catalog catalog) {
        var failures = new ArrayList<Violation>();
        Map<UUID, List<UUID>> below = new ConcurrentHashMap<>();
        var rights = new Rights(catalog, session -> below.getOrDefault(session.userId(), List.of()));
        for (MetadataItem item : catalog.items(TYPE)) {
            var problems = new ItemProblems(item);
            ObjectDefinition object = item.object() == null ? null : catalog.object(item.object()).orElse(null);
            if (object != null) {
                ItemPart all = ItemPart.all(item);
                all.elements("tests")
                        .forEach(test -> new Run(catalog, object, all, test, rights, below, problems).run());
            }
            failures.addAll(problems.found());
        }
        return failures;
    }

    /** One test. */
    private final class Run {

        private final ObjectDefinition object;
        private final ItemPart test;
        private final ItemProblems problems;
        private final Map<String, PaperRecord> records = new LinkedHashMap<>();
        private final HeldRights rights;
        private final ObjectAccess shown;
        private final PaperFilter filter;

        Run(Catalog catalog, ObjectDefinition object, ItemPart all, ItemPart test, Rights rights,
                Map<UUID, List<UUID>> below, ItemProblems problems) {
            this.object = object;
            this.test = test;
            this.problems = problems;
            Session session = acting(test, below);
            var reader = new PaperRecords(catalog, me(test), problems);
            all.entries("records").forEach((name, written) -> records.put(name, reader.read(object, written)));
            this.rights = rights.on(object, session);
            this.shown = access.of(object, session, catalog);
            this.filter = new PaperFilter(session, clock.instant());
        }

        /** A user of the test's own, so that those below others are not below this one. */
        private static UUID me(ItemPart test) {
            return PaperRecords.named(test.item().name() + "/" + test.path());
        }

        private static Session acting(ItemPart test, Map<UUID, List<UUID>> below) {
            ItemPart as = test.get("as");
            List<ItemPart> roles = as == null ? List.of() : as.isMap() ? as.elements("roles") : as.elements();
            UUID me = me(test);
            if (as != null) {
                below.put(me,
                        as.elements("subordinates").stream().map(ItemPart::text).map(PaperRecords::named).toList());
            }
            return new Session(Session.DEFAULT_TENANT, new UserIdentity(me, "me@example.com", "Me", null),
                    roles.stream().map(ItemPart::text).collect(Collectors.toSet()), false, Locale.ENGLISH,
                    ZoneOffset.UTC,
                    Origin.SYSTEM);
        }

        void run() {
            operations("may", true);
            operations("may_not", false);
            fields("sees", true, this::seen, "does not see");
            fields("does_not_see", false, this::seen, "sees");
            fields("edits", true, this::edited, "may not edit");
            fields("does_not_edit", false, this::edited, "may edit");
        }

        /** Operations alone, or with the records that they are about. */
        private void operations(String key, boolean expected) {
            ItemPart written = test.get(key);
            if (written == null) {
                return;
            }
            if (written.isMap()) {
                written.entries().forEach((word, names) -> names.elements()
                        .forEach(name -> record(word, name, expected)));
            } else {
                written.elements().forEach(word -> {
                    Operation operation = Operation.named(word.text()).orElse(null);
                    if (operation == null) {
                        problems.error(word.where(), "'" + word.text() + "' is no operation",
                                "write create, read, update or delete");
                    } else if (rights.may(operation) != expected) {
                        fails(word, (expected ? "may not " : "may ") + operation.word() + " " + object.pluralLabel());
                    }
                });
            }
        }

        private void record(String word, ItemPart name, boolean expected) {
            PaperRecord record = records.get(name.text());
            if (record == null) {
                problems.error(name.where(), "the tests describe no record '" + name.text() + "'",
                        records.isEmpty()
                                ? "describe it under records:"
                                : "write one of " + String.join(", ", records.keySet()));
                return;
            }
            Operation operation = Operation.named(word).orElseThrow();
            boolean reached = passes(operation, record)
                    && (operation == Operation.CREATE || passes(Operation.READ, record));
            if (reached != expected) {
                fails(name, (expected ? "may not " : "may ") + operation.word() + " " + name.text());
            }
        }

        private boolean passes(Operation operation, PaperRecord record) {
            return rights.may(operation) && filter.passes(rights.rows(operation), record);
        }

        private boolean seen(String field) {
            return shown.readable() && shown.sees(field);
        }

        private boolean edited(String field) {
            return shown.editable().contains(field);
        }

        private void fields(String key, boolean expected, Predicate<String> actual, String failure) {
            test.elements(key).forEach(field -> {
                if (!object.fields().containsKey(field.text())) {
                    problems.error(field.where(), object.name() + " has no field '" + field.text() + "'", "");
                } else if (actual.test(field.text()) != expected) {
                    fails(field, failure + " " + field.text());
                }
            });
        }

        private void fails(ItemPart where, String what) {
            problems.error(where.where(), "the test '" + test.text("name") + "' fails: the user " + what,
                    "mend the permissions of " + object.name() + ", or the test");
        }
    }
}
