package dev.objectos.permissions.definition;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.OnDelete;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads whom records are open to from the start, and to whom else rules open them. */
final class SharingReader {

    private static final Pattern ID = Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final ObjectDefinition object;
    private final ConditionReader conditions;
    private final ItemProblems problems;

    SharingReader(ObjectDefinition object, ConditionReader conditions, ItemProblems problems) {
        this.object = object;
        this.conditions = conditions;
        this.problems = problems;
    }

    /** @param written a word, or {@code default} and {@code parent} */
    Sharing sharing(ItemPart written) {
        String word = written.isMap() ? written.text("default") : written.text();
        return switch (word) {
            case "private" -> new Sharing(Sharing.Default.PRIVATE, null, written.where());
            case "read" -> new Sharing(Sharing.Default.READ, null, written.where());
            case "controlled_by_parent" -> byParent(written);
            case null, default -> new Sharing(Sharing.Default.OPEN, null, written.where());
        };
    }

    private Sharing byParent(ItemPart written) {
        String named = written.text("parent");
        if (named != null) {
            if (object.field(named).map(FieldDefinition::type).filter(FieldType.Reference.class::isInstance)
                    .isEmpty()) {
                problems.error(written.where(), object.name() + " has no lookup '" + named + "'",
                        "name the lookup that leads to the parent");
                return closed(written);
            }
            return new Sharing(Sharing.Default.PARENT, named, written.where());
        }
        List<String> parents = lookups(reference -> reference.name().equals("master_detail"));
        if (parents.isEmpty()) {
            parents = lookups(reference -> reference.onDelete() == OnDelete.CASCADE);
        }
        if (parents.size() != 1) {
            problems.error(written.where(), object.name() + (parents.isEmpty()
                    ? " has no master_detail that leads to a parent"
                    : " has several parents: " + String.join(", ", parents)), "name the lookup under parent:");
            return closed(written);
        }
        return new Sharing(Sharing.Default.PARENT, parents.getFirst(), written.where());
    }

    /** What cannot be read opens nothing. */
    private static Sharing closed(ItemPart written) {
        return new Sharing(Sharing.Default.PRIVATE, null, written.where());
    }

    private List<String> lookups(Predicate<FieldType.Reference> wanted) {
        var names = new ArrayList<String>();
        object.fields().values().forEach(field -> {
            if (!field.system() && field.type() instanceof FieldType.Reference reference && wanted.test(reference)) {
                names.add(field.name());
            }
        });
        return names;
    }

    /** The rule; null where it is switched off. */
    @Nullable
    SharingRule rule(ItemPart written) {
        ItemPart enabled = written.get("enabled");
        if (enabled != null && Boolean.FALSE.equals(enabled.value())) {
            return null;
        }
        String type = written.text("type");
        ItemPart condition = written.get("condition");
        ItemPart with = written.get("shared_with");
        Set<String> sets = new LinkedHashSet<>();
        if (with != null) {
            with.elements("roles").forEach(role -> sets.add(role.text()));
            for (String unknown : List.of("teams", "groups")) {
                if (with.has(unknown)) {
                    problems.warning(with.where(), "the platform knows no " + unknown, "share with roles");
                }
            }
        }
        return new SharingRule(String.valueOf(written.text("name")), "manual".equals(type), sets,
                people(written, type, with), condition == null ? null : conditions.read(condition),
                operations(written), written.where());
    }

    private @Nullable Condition people(ItemPart written, @Nullable String type, @Nullable ItemPart with) {
        var users = new ArrayList<String>();
        var ids = new ArrayList<String>();
        String field = written.text("team_field");
        if (with != null) {
            with.elements("users").forEach(user -> (ID.matcher(user.text()).matches() ? ids : users)
                    .add(CelText.quote(user.text())));
            field = field == null ? with.text("field") : field;
        }
        var terms = new ArrayList<String>();
        if (!users.isEmpty()) {
            String list = "[" + String.join(", ", users) + "]";
            terms.add("currentUser.email in " + list + " || currentUser.username in " + list);
        }
        if (!ids.isEmpty()) {
            terms.add("currentUser.id in [" + String.join(", ", ids) + "]");
        }
        if ("owner".equals(type)) {
            terms.add("record.owner == currentUser.id");
        }
        if (field != null) {
            FieldType fieldType = object.field(field).map(FieldDefinition::type).orElse(null);
            terms.add(fieldType instanceof FieldType.References
                    ? "currentUser.id in record." + field
                    : "record." + field + " == currentUser.id");
        }
        return terms.isEmpty() ? null : conditions.compiled(String.join(" || ", terms), written);
    }

    private static Set<Operation> operations(ItemPart written) {
        Set<Operation> operations = EnumSet.noneOf(Operation.class);
        ItemPart permissions = written.get("permissions");
        if (permissions != null) {
            for (Operation operation : List.of(Operation.READ, Operation.UPDATE, Operation.DELETE)) {
                if (permissions.flag(operation.word())) {
                    operations.add(operation);
                }
            }
            return operations;
        }
        operations.add(Operation.READ);
        String access = written.text("access");
        if ("read_write".equals(access) || "full".equals(access)) {
            operations.add(Operation.UPDATE);
        }
        if ("full".equals(access)) {
            operations.add(Operation.DELETE);
        }
        return operations;
    }
}
