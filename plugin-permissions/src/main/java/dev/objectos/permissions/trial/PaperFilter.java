package dev.objectos.permissions.trial;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries the filters that statements get on records that are in no database. */
final class PaperFilter {

    private final Session session;
    private final Instant now;

    PaperFilter(Session session, Instant now) {
        this.session = session;
        this.now = now;
    }

    boolean passes(RowFilter filter, PaperRecord record) {
        return switch (filter) {
            case RowFilter.Where(Predicate predicate) -> holds(predicate, record);
            case RowFilter.Matching(CompiledExpression condition, Map<String, RowFilter.UserAttribute> attributes) ->
                condition.holds(new Around(record, attributes));
            case RowFilter.AnyOf(List<RowFilter> filters) -> filters.stream().anyMatch(one -> passes(one, record));
            case RowFilter.AllOf(List<RowFilter> filters) -> filters.stream().allMatch(one -> passes(one, record));
            case RowFilter.Not(RowFilter inner) -> !passes(inner, record);
            case RowFilter.Through(String lookup, RowFilter inner) -> {
                PaperRecord target = record.related().get(lookup);
                yield target != null && passes(inner, target);
            }
            // Nobody has shared what is on paper alone.
            case RowFilter.Listed _ -> false;
        };
    }

    private boolean holds(Predicate predicate, PaperRecord record) {
        return switch (predicate) {
            case Predicate.And(List<Predicate> terms) -> terms.stream().allMatch(term -> holds(term, record));
            case Predicate.Or(List<Predicate> terms) -> terms.stream().anyMatch(term -> holds(term, record));
            case Predicate.Not(Predicate term) -> !holds(term, record);
            case Predicate.Comparison(FieldPath field, Operator operator, Operand operand) ->
                compare(record.value(field), operator, operand);
        };
    }

    /** The comparisons that rights are made of. */
    private boolean compare(@Nullable Object value, Operator operator, Operand operand) {
        if (operator == Operator.IS_NULL) {
            return value == null;
        }
        if (operator == Operator.IN && operand instanceof Operand.Literal(SessionValue list)
                && list.of(session) instanceof List<?> values) {
            return value != null && values.contains(value);
        }
        throw new IllegalStateException("rights compare otherwise: " + operator + " " + operand);
    }

    private final class Around implements EvaluationContext {

        private final PaperRecord record;
        private final Map<String, RowFilter.UserAttribute> attributes;

        Around(PaperRecord record, Map<String, RowFilter.UserAttribute> attributes) {
            this.record = record;
            this.attributes = attributes;
        }

        @Override
        public @Nullable Object record(FieldPath path) {
            return record.value(path);
        }

        @Override
        public @Nullable Object previous(FieldPath path) {
            return null;
        }

        @Override
        public Session session() {
            return session;
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public @Nullable Object userAttribute(String name) {
            RowFilter.UserAttribute attribute = attributes.get(name);
            return attribute == null ? EvaluationContext.super.userAttribute(name) : attribute.value().of(session);
        }
    }
}
