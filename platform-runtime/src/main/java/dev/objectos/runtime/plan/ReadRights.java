package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one session may see of each object, as all rewriters together say; each is asked once per object and plan. */
final class ReadRights {

    private final Catalog catalog;
    private final Session session;
    private final List<QueryRewriter> rewriters;
    private final Fields fields;
    private final Map<String, FieldMask> masks = new HashMap<>();
    private final Map<String, Map<String, FieldDefinition>> visible = new HashMap<>();
    private final Map<String, RowFilter> filters = new HashMap<>();

    ReadRights(Catalog catalog, Session session, List<QueryRewriter> rewriters) {
        this(catalog, session, rewriters, QueryRewriter::fields);
    }

    private ReadRights(Catalog catalog, Session session, List<QueryRewriter> rewriters, Fields fields) {
        this.catalog = catalog;
        this.session = session;
        this.rewriters = rewriters;
        this.fields = fields;
    }

    /** The same for whoever writes records of objects that they may not read. */
    ReadRights unread() {
        return new ReadRights(catalog, session, rewriters, QueryRewriter::unreadFields);
    }

    /** The same for somebody to whom whatever is kept from anybody is kept. */
    ReadRights guarded() {
        return new ReadRights(catalog, session, rewriters, (rewriter, object, _, of) -> rewriter.guarded(object, of));
    }

    /** What one rewriter says of fields. */
    private interface Fields {

        FieldMask of(QueryRewriter rewriter, ObjectDefinition object, Session session, Catalog catalog);
    }

    Catalog catalog() {
        return catalog;
    }

    boolean userPresent() {
        return !session.isSystem();
    }

    void admit(ObjectDefinition object) {
        for (QueryRewriter rewriter : rewriters) {
            rewriter.admit(object, session, catalog);
        }
    }

    /** An object that the catalog is known to have. */
    ObjectDefinition object(String name) {
        return catalog.object(name)
                .orElseThrow(() -> new IllegalStateException("the catalog refers to an object that it lacks: " + name));
    }

    /** Which records may be seen; every filter holds. */
    RowFilter filter(ObjectDefinition object) {
        return filters.computeIfAbsent(object.name(), _ -> new RowFilter.AllOf(
                rewriters.stream().map(rewriter -> rewriter.rows(object, session, catalog)).toList()));
    }

    /** The fields that exist as far as the session can tell, in their order. */
    Map<String, FieldDefinition> fields(ObjectDefinition object) {
        Map<String, FieldDefinition> known = visible.get(object.name());
        if (known == null) {
            var fields = new LinkedHashMap<String, FieldDefinition>();
            for (FieldDefinition field : object.fields().values()) {
                if (!(field.type() instanceof FieldType.Password) && known(object, field)) {
                    fields.put(field.name(), field);
                }
            }
            known = fields;
            visible.put(object.name(), known);
        }
        return known;
    }

    /** Whether a field exists as far as the session can tell; a password does, although nobody reads it. */
    boolean known(ObjectDefinition object, FieldDefinition field) {
        return visible(object, field, new HashSet<>());
    }

    /** Of the fields that may be seen those of which something else is shown, by name. */
    Map<String, Masking> masked(ObjectDefinition object) {
        return mask(object).masked();
    }

    /** Every field, for a rule that decides what is seen; a password has no readable form for anybody. */
    @Nullable
    FieldDefinition anyField(ObjectDefinition object, String name) {
        FieldDefinition field = object.fields().get(name);
        return field == null || field.type() instanceof FieldType.Password ? null : field;
    }

    private boolean visible(ObjectDefinition object, FieldDefinition field, Set<FieldDefinition> asking) {
        if (mask(object).hidden().contains(field.name())) {
            return false;
        }
        if (field.access().declassified() || rewriters.isEmpty() || !asking.add(field)) {
            return true;
        }
        return switch (field.type()) {
            case FieldType.Formula _ -> Expressions.of(catalog).formula(object.name(), field.name()).fields().stream()
                    .allMatch(path -> plain(object, path, asking));
            case FieldType.Summary _ -> SummaryGraph.of(catalog).of(object, field)
                    .map(summary -> plain(summary, asking)).orElse(true);
            default -> true;
        };
    }

    /** Whether a field may be seen as it is, so that what is computed from it may be seen too. */
    private boolean plain(ObjectDefinition object, FieldDefinition field, Set<FieldDefinition> asking) {
        return !(field.type() instanceof FieldType.Password) && !mask(object).masked().containsKey(field.name())
                && visible(object, field, asking);
    }

    /** A summary is computed from whatever decides which records it is made of, and from what it sums up. */
    private boolean plain(SummaryGraph.Link summary, Set<FieldDefinition> asking) {
        ObjectDefinition child = summary.child();
        FieldDefinition summed = summary.summed();
        CompiledExpression filter = summary.filter();
        return plain(child, summary.reference(), asking) && (summed == null || plain(child, summed, asking))
                && (filter == null || filter.fields().stream().allMatch(path -> plain(child, path, asking)));
    }

    private boolean plain(ObjectDefinition object, FieldPath path, Set<FieldDefinition> asking) {
        ObjectDefinition at = object;
        for (String segment : path.segments()) {
            FieldDefinition field = at.fields().get(segment);
            if (field == null || !plain(at, field, asking)) {
                return false;
            }
            if (field.type() instanceof FieldType.Reference reference) {
                at = object(reference.target());
            }
        }
        return true;
    }

    /** What all rewriters together say; of several masks the strictest counts. */
    private FieldMask mask(ObjectDefinition object) {
        FieldMask known = masks.get(object.name());
        if (known == null) {
            var hidden = new HashSet<String>();
            var masked = new HashMap<String, Masking>();
            for (QueryRewriter rewriter : rewriters) {
                FieldMask mask = fields.of(rewriter, object, session, catalog);
                hidden.addAll(mask.hidden());
                mask.masked().forEach((field, masking) -> masked.merge(field, masking, Masking::strictest));
            }
            hidden.remove(SystemFields.ID);
            masked.remove(SystemFields.ID);
            known = new FieldMask(hidden, masked);
            masks.put(object.name(), known);
        }
        return known;
    }
}
