package dev.objectos.runtime.expression;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** A checked expression: can be evaluated in the JVM and, where it is {@link #translatable()}, turned into SQL. */
public final class CompiledExpression {

    private final String text;
    private final ExpressionType type;
    private final Node node;
    private final Map<Node.FieldRead, CompiledExpression> formulas;
    private final boolean translatable;
    private final double weight;
    private final Magnitude magnitude;
    private final Set<FieldPath> fields = new LinkedHashSet<>();
    private final Set<FieldPath> stored = new LinkedHashSet<>();
    private final Set<FieldPath> storedPrevious = new LinkedHashSet<>();
    private boolean readsCurrentUser;
    private boolean readsClock;

    /**
     * @param formulas what the formula fields among its fields compute
     * @param weight how many parts its SQL form has
     * @param magnitude the most that its value can hold
     */
    CompiledExpression(String text, ExpressionType type, Node node,
            Map<Node.FieldRead, CompiledExpression> formulas, boolean translatable, double weight,
            Magnitude magnitude) {
        this.text = text;
        this.type = type;
        this.node = node;
        this.formulas = new LinkedHashMap<>(formulas);
        this.translatable = translatable;
        this.weight = weight;
        this.magnitude = magnitude;
        Reads.each(node, this::note);
    }

    private void note(Node part) {
        switch (part) {
            case Node.FieldRead read -> {
                if (!read.previous()) {
                    fields.add(read.path());
                }
                CompiledExpression formula = formulas.get(read);
                Set<FieldPath> target = read.previous() ? storedPrevious : stored;
                if (formula == null) {
                    target.add(read.path());
                } else {
                    formula.stored.forEach(path -> target.add(beside(read.path(), path)));
                    readsClock |= formula.readsClock;
                }
            }
            case Node.UserRead _ -> readsCurrentUser = true;
            case Node.Now _,Node.Today _ -> readsClock = true;
            default -> {
                // reads nothing itself
            }
        }
    }

    /** A path that starts at the record which another path's last field belongs to. */
    private static FieldPath beside(FieldPath path, FieldPath other) {
        List<String> prefix = path.segments().subList(0, path.segments().size() - 1);
        var segments = new ArrayList<>(prefix);
        segments.addAll(other.segments());
        return new FieldPath(segments);
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    public ExpressionType type() {
        return type;
    }

    /** The fields of the record that it names, formulas included; these are what {@link SqlScope#record} is asked for. */
    public Set<FieldPath> fields() {
        return Collections.unmodifiableSet(fields);
    }

    /** The stored fields that evaluation asks for: {@link #fields()} with formulas replaced by what they read. */
    public Set<FieldPath> storedFields() {
        return Collections.unmodifiableSet(stored);
    }

    /** The same of {@code previous}. */
    public Set<FieldPath> storedPreviousFields() {
        return Collections.unmodifiableSet(storedPrevious);
    }

    public boolean readsPrevious() {
        return !storedPrevious.isEmpty();
    }

    public boolean readsCurrentUser() {
        return readsCurrentUser;
    }

    /** Whether the value changes by itself, because {@code now} or {@code today} is read. */
    public boolean readsClock() {
        return readsClock;
    }

    /**
     * The value, in the Java form of {@link dev.objectos.runtime.metadata.FieldValues}. Formulas that the expression reads
     * are evaluated on the way.
     */
    public @Nullable Object evaluate(EvaluationContext context) {
        return Values.outgoing(compute(context, null, false), type);
    }

    /** Whether the value is {@code true}; unknown (null) does not hold. Only for {@link ExpressionType#BOOLEAN}. */
    public boolean holds(EvaluationContext context) {
        return Boolean.TRUE.equals(evaluate(context));
    }

    /** Whether there is a SQL form. */
    public boolean translatable() {
        return translatable;
    }

    /** The same value as {@link #evaluate} computed by PostgreSQL; no row makes it fail. */
    public Field<?> toSql(SqlScope scope) {
        return translator(scope).value(node).typed(type);
    }

    /**
     * The same as {@link #holds} for a {@code where}: rows for which it is unknown are left out, and comparisons take forms
     * that indexes serve.
     */
    public Condition toCondition(SqlScope scope) {
        if (!type.equals(ExpressionType.BOOLEAN)) {
            throw new IllegalStateException("not a condition but " + type + ": " + text);
        }
        return translator(scope).condition(node);
    }

    private SqlTranslator translator(SqlScope scope) {
        if (!translatable) {
            throw new IllegalStateException("has no SQL form: " + text);
        }
        return new SqlTranslator(scope, this::weight);
    }

    Node node() {
        return node;
    }

    double weight() {
        return weight;
    }

    Magnitude magnitude() {
        return magnitude;
    }

    private double weight(Node.FieldRead read) {
        CompiledExpression formula = formulas.get(read);
        return formula == null ? 1 : formula.weight;
    }

    /** @param record the path whose last field this formula is; null for an expression of the record itself */
    private @Nullable Object compute(EvaluationContext context, @Nullable FieldPath record, boolean previous) {
        return new Evaluator(new ContextReads(context, record, previous)).evaluate(node);
    }

    /** Takes names from the caller's context, in the form that the evaluator computes with. */
    private final class ContextReads implements Evaluator.Reads {

        private final EvaluationContext context;
        private final @Nullable FieldPath record;
        private final boolean previous;

        ContextReads(EvaluationContext context, @Nullable FieldPath record, boolean previous) {
            this.context = context;
            this.record = record;
            this.previous = previous;
        }

        @Override
        public @Nullable Object field(Node.FieldRead read) {
            FieldPath path = record == null ? read.path() : beside(record, read.path());
            boolean before = previous || read.previous();
            CompiledExpression formula = formulas.get(read);
            if (formula != null) {
                FieldType.Formula declared = (FieldType.Formula) read.fieldType();
                Object value = formula.compute(context, path, before);
                return Values.incoming(Values.outgoing(value, ExpressionType.of(declared)), read.type());
            }
            return Values.incoming(before ? context.previous(path) : context.record(path), read.type());
        }

        @Override
        public @Nullable Object user(Node.UserRead read) {
            if (!read.ofSession()) {
                return Values.incoming(context.userAttribute(read.attribute()), read.type());
            }
            Session session = context.session();
            UserIdentity user = session.user();
            return switch (read.attribute()) {
                case "id" -> user == null ? null : user.id();
                case "email" -> user == null ? null : user.email();
                case "name" -> user == null ? null : user.name();
                case "username" -> user == null ? null : user.username();
                case "roles" -> session.roles().stream().sorted().toList();
                case "tenant" -> session.tenant();
                case "locale" -> session.locale().toLanguageTag();
                case "timezone" -> session.zone().getId();
                default -> throw new IllegalStateException("not an attribute of the session: " + read.attribute());
            };
        }

        @Override
        public @Nullable Object param(Node.ParamRead read) {
            return Values.incoming(context.param(read.name()), read.type());
        }

        @Override
        public Object now() {
            return Evaluator.instant(context.now());
        }

        @Override
        public LocalDate today() {
            return context.now().atZone(context.session().zone()).toLocalDate();
        }
    }
}
