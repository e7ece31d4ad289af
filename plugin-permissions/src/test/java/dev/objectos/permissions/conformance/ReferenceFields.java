package dev.objectos.permissions.conformance;

import dev.objectos.permissions.conformance.ObjectRules.FieldRules;
import dev.objectos.permissions.conformance.ObjectRules.Mask;
import dev.objectos.permissions.conformance.ObjectRules.SetField;
import dev.objectos.permissions.conformance.ObjectRules.SetRules;
import dev.objectos.permissions.conformance.Schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which fields a person sees, sees masked, and writes. */
final class ReferenceFields {

    private static final FieldRules OPEN = new FieldRules(null, null, null, null, null, null);

    private final ReferenceRights rights;
    private final Rules rules;
    private final Schema schema;

    ReferenceFields(ReferenceRights rights) {
        this.rights = rights;
        this.rules = rights.rules();
        this.schema = rights.world().schema();
    }

    boolean seen(String object, String name) {
        return seen(object, name, false);
    }

    /** Whether the field exists for whoever writes: who may create but not read has something to fill in too. */
    boolean seenToWrite(String object, String name) {
        return seen(object, name, true);
    }

    private boolean seen(String object, String name, boolean toWrite) {
        Schema.Field field = schema.field(object, name);
        if (field == null) {
            return false;
        }
        if (rights.person().administrator() || name.equals("id")) {
            return true;
        }
        FieldRules of = of(object, name);
        return known(object, toWrite) && passes(object, of.visibleTo()) && passes(object, of.read())
                && !takenAway(object, name, Operation.READ) && derivedSeen(object, field, toWrite);
    }

    private boolean known(String object, boolean toWrite) {
        return rights.possible(object, Operation.READ)
                || (toWrite && rights.possible(object, Operation.CREATE));
    }

    /** Formulas and summaries are seen only with all of what they are computed from. */
    private boolean derivedSeen(String object, Schema.Field field, boolean toWrite) {
        return switch (field.kind()) {
            case Kind.Formula formula -> formula.declassified()
                    || formula.inputs().stream().allMatch(path -> clear(object, path, toWrite));
            case Kind.Summary summary -> clear(summary.child(), List.of(summary.via()), toWrite)
                    && (summary.field() == null || clear(summary.child(), List.of(summary.field()), toWrite));
            case Kind.Text _,Kind.Email _,Kind.Choice _,Kind.Whole _,Kind.Lookup _,Kind.File _,Kind.Platform _ ->
                true;
        };
    }

    private boolean clear(String object, List<String> path, boolean toWrite) {
        String at = object;
        for (String segment : path) {
            if (!known(at, toWrite) || !seen(at, segment, toWrite) || mask(at, segment) != null) {
                return false;
            }
            if (schema.field(at, segment) instanceof Schema.Field(String _, Kind.Lookup lookup)) {
                at = lookup.target();
            }
        }
        return true;
    }

    /** What is shown in place of the value: the format; null: the value itself. */
    @Nullable
    String mask(String object, String name) {
        Mask mask = of(object, name).mask();
        if (mask == null || rights.person().administrator()) {
            return null;
        }
        List<String> visibleTo = mask.visibleTo();
        boolean inClear = visibleTo == null
                ? written(object, name, Operation.UPDATE)
                : rights.holdsOneOf(object, visibleTo);
        return inClear ? null : mask.format();
    }

    /** Whether it may be written where it is seen; derived and platform fields are nobody's to write. */
    boolean writable(String object, String name, Operation operation) {
        return rights.person().administrator()
                || (mask(object, name) == null && written(object, name, operation));
    }

    private boolean written(String object, String name, Operation operation) {
        FieldRules of = of(object, name);
        List<String> named = operation == Operation.CREATE && of.create() != null ? of.create() : of.update();
        return rights.possible(object, operation) && passes(object, of.editableBy()) && passes(object, named)
                && !takenAway(object, name, operation);
    }

    private boolean passes(String object, @Nullable List<String> sets) {
        return sets == null || rights.holdsOneOf(object, sets);
    }

    /** Whether all sets that grant the operation take the field away. */
    private boolean takenAway(String object, String name, Operation operation) {
        var granting = new ArrayList<>(rights.granting(object, operation));
        Predicate<String> all = switch (operation) {
            case READ -> set -> rights.viewsAll(object, set) || rights.modifiesAll(object, set);
            case UPDATE, DELETE -> set -> rights.modifiesAll(object, set);
            case CREATE -> _ -> false;
        };
        rights.sets(object).stream().filter(all).forEach(granting::add);
        return !granting.isEmpty() && granting.stream().allMatch(set -> refuses(object, set, name, operation));
    }

    private boolean refuses(String object, String set, String name, Operation operation) {
        SetRules known = rules.of(object).sets().get(set);
        SetField field = known == null ? null : known.fields().get(name);
        if (field == null) {
            return false;
        }
        Boolean allowed = switch (operation) {
            case READ -> field.read();
            case CREATE -> field.create() != null ? field.create() : field.update();
            case UPDATE, DELETE -> field.update();
        };
        return Boolean.FALSE.equals(allowed);
    }

    private FieldRules of(String object, String name) {
        return rules.of(object).fields().getOrDefault(name, OPEN);
    }

    /** A value as it is shown behind a mask. */
    static @Nullable Object masked(String format, @Nullable Object value) {
        return switch (format) {
            case "full" -> "****";
            case "last4" -> {
                if (value == null) {
                    yield null;
                }
                String text = value.toString();
                yield text.length() <= 4 ? "****" : "****" + text.substring(text.length() - 4);
            }
            case "email" -> {
                if (value == null) {
                    yield null;
                }
                String text = value.toString();
                yield text.charAt(0) + "***" + text.substring(text.indexOf('@'));
            }
            default -> format;
        };
    }
}
