package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.metadata.BinFields;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.spi.Masking;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables that one part of a statement reads: a root and, joined once for each path that is named, what lookups lead
 * to. Resolves names to values.
 *
 * <p>
 * A trusted scope belongs to a rule that itself decides what may be seen: it knows every field and its joins are narrowed
 * by nothing but the tenant.
 */
final class RowScope {

    private final StatementScope statement;
    private final ObjectDefinition object;
    private final Source root;
    private final boolean trusted;
    private final Map<Key, Joined> joins;

    /** A new occurrence of the object's table. */
    RowScope(StatementScope statement, ObjectDefinition object, boolean trusted) {
        this(statement, object, statement.source(object), trusted, new LinkedHashMap<>());
    }

    /** The object's records in the recycle bin. */
    static RowScope ofBin(StatementScope statement, ObjectDefinition object, boolean trusted) {
        return new RowScope(statement, object, statement.bin(object), trusted, new LinkedHashMap<>());
    }

    /** The same root, as another part of the statement sees it: with joins of its own. */
    RowScope(StatementScope statement, ObjectDefinition object, Source root, boolean trusted) {
        this(statement, object, root, trusted, new LinkedHashMap<>());
    }

    private RowScope(StatementScope statement, ObjectDefinition object, Source root, boolean trusted,
            Map<Key, Joined> joins) {
        this.statement = statement;
        this.object = object;
        this.root = root;
        this.trusted = trusted;
        this.joins = joins;
    }

    StatementScope statement() {
        return statement;
    }

    ObjectDefinition object() {
        return object;
    }

    Source root() {
        return root;
    }

    boolean trusted() {
        return trusted;
    }

    /** The same tables seen by a rule that decides what may be seen. */
    RowScope asTrusted() {
        return new RowScope(statement, object, root, true, joins);
    }

    /** In an order in which each refers only to what comes before it. */
    List<Join> joins() {
        return joins.values().stream().map(Joined::join).toList();
    }

    /** The fields that can be named here. */
    Map<String, FieldDefinition> fields() {
        Map<String, FieldDefinition> known = trusted ? object.fields() : statement.rights().fields(object);
        return root.bin() ? BinFields.added(known) : known;
    }

    /** The field of that name; {@code INVALID_FIELD} where there is none to be seen. */
    FieldDefinition field(String name) {
        FieldDefinition field = trusted ? statement.rights().anyField(object, name) : fields().get(name);
        if (field == null) {
            throw unknown(name);
        }
        return field;
    }

    /** The value at the end of a path, to compute or decide something with. */
    Scalar value(FieldPath path) {
        RowScope at = this;
        List<String> segments = path.segments();
        for (int i = 0; i < segments.size() - 1; i++) {
            at = at.follow(segments.get(i), path);
        }
        FieldDefinition field = at.field(path.last());
        at.requireUnmasked(field);
        return at.value(field);
    }

    /** What is shown in place of a field's value; null: the value. */
    @Nullable
    Masking masking(String field) {
        return trusted ? null : statement.rights().masked(object).get(field);
    }

    /** Refuses a field that is shown masked to whoever would learn more of its value than that. */
    void requireUnmasked(FieldDefinition field) {
        if (masking(field.name()) != null) {
            throw new PlatformException(RuntimeError.INVALID_FIELD, field.name() + " of " + object.name()
                    + " is masked: it can be selected and nothing else").about(statement.object());
        }
    }

    Scalar value(FieldDefinition field) {
        FieldType yielded = FieldValues.yielded(field.type());
        if (!(field.type() instanceof FieldType.Formula)) {
            return root.column(field.name(), yielded);
        }
        CompiledExpression formula = Expressions.of(statement.rights().catalog()).formula(object.name(), field.name());
        return new Scalar.Computed(formula, inputs(formula), yielded);
    }

    /** What the fields that an expression of this object names are here; what may be read was decided with the formula. */
    Map<FieldPath, Scalar> inputs(CompiledExpression expression) {
        var inputs = new HashMap<FieldPath, Scalar>();
        for (FieldPath path : expression.fields()) {
            inputs.put(path, derivedFrom(path));
        }
        return inputs;
    }

    /** Fields that a formula reads may be hidden where it is declassified; rows that may not be seen stay unseen. */
    private Scalar derivedFrom(FieldPath path) {
        RowScope at = this;
        List<String> segments = path.segments();
        for (int i = 0; i < segments.size(); i++) {
            FieldDefinition field = statement.rights().anyField(at.object, segments.get(i));
            if (field == null) {
                throw at.unknown(segments.get(i));
            }
            if (i == segments.size() - 1) {
                return at.value(field);
            }
            at = at.follow(field, (FieldType.Reference) field.type());
        }
        throw new IllegalStateException("a path has at least one segment");
    }

    /** The record that a lookup leads to, joined at most once. */
    RowScope follow(FieldDefinition lookup, FieldType.Reference reference) {
        Joined joined = joins.get(new Key(root.number(), lookup.name(), trusted));
        if (joined == null) {
            ObjectDefinition target = statement.rights().object(reference.target());
            var own = new RowScope(statement, target, trusted);
            Rows rows = RowRestriction.rows(own);
            joined = new Joined(new Join(root.column(lookup.name(), lookup.type()), rows), target);
            joins.put(new Key(root.number(), lookup.name(), trusted), joined);
        }
        return new RowScope(statement, joined.target(), joined.join().target().source(), trusted, joins);
    }

    /** The record that the lookup of that name leads to. */
    RowScope follow(String lookup) {
        return follow(lookup, FieldPath.of(lookup));
    }

    private RowScope follow(String segment, FieldPath path) {
        if (path.segments().size() > QueryLimits.PATH) {
            throw new PlatformException(RuntimeError.INVALID_QUERY,
                    path + " follows more than " + (QueryLimits.PATH - 1) + " lookups");
        }
        FieldDefinition field = field(segment);
        requireUnmasked(field);
        if (field.type() instanceof FieldType.Reference reference) {
            return follow(field, reference);
        }
        throw new PlatformException(RuntimeError.INVALID_FIELD, "Unknown field " + path + ": " + segment + " of "
                + object.name() + (field.type() instanceof FieldType.References
                        ? " refers to several records, which a path cannot follow"
                        : " is no lookup"));
    }

    /** The same refusal for a field that does not exist and for one that may not be seen. */
    PlatformException unknown(String name) {
        String nearest = NearestName.of(name, fields().keySet());
        return new PlatformException(RuntimeError.INVALID_FIELD, "Unknown field " + name + " of " + object.name()
                + (nearest == null ? "" : "; did you mean " + nearest + "?")).about(statement.object());
    }

    private record Key(int source, String lookup, boolean trusted) {}

    private record Joined(Join join, ObjectDefinition target) {}
}
