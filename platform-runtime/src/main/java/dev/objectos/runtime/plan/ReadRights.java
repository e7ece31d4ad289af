package dev.objectos.runtime.plan;

import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
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
    private final Map<String, Set<String>> hidden = new HashMap<>();
    private final Map<String, Map<String, FieldDefinition>> visible = new HashMap<>();
    private final Map<String, RowFilter> filters = new HashMap<>();

    ReadRights(Catalog catalog, Session session, List<QueryRewriter> rewriters) {
        this.catalog = catalog;
        this.session = session;
        this.rewriters = rewriters;
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
                if (visible(object, field, new HashSet<>())) {
                    fields.put(field.name(), field);
                }
            }
            known = fields;
            visible.put(object.name(), known);
        }
        return known;
    }

    /** Every field, for a rule that decides what is seen; a password has no readable form for anybody. */
    @Nullable
    FieldDefinition anyField(ObjectDefinition object, String name) {
        FieldDefinition field = object.fields().get(name);
        return field == null || field.type() instanceof FieldType.Password ? null : field;
    }

    private boolean visible(ObjectDefinition object, FieldDefinition field, Set<FieldDefinition> asking) {
        if (field.type() instanceof FieldType.Password || hidden(object).contains(field.name())) {
            return false;
        }
        if (field.access().declassified() || rewriters.isEmpty() || !asking.add(field)) {
            return true;
        }
        return switch (field.type()) {
            case FieldType.Formula _ -> Expressions.of(catalog).formula(object.name(), field.name()).fields().stream()
                    .allMatch(path -> visible(object, path, asking));
            case FieldType.Summary summary -> visible(summary, asking);
            default -> true;
        };
    }

    private boolean visible(FieldType.Summary summary, Set<FieldDefinition> asking) {
        ObjectDefinition child = object(summary.object());
        String summed = summary.field();
        if (summed != null && !visible(child, FieldPath.of(summed), asking)) {
            return false;
        }
        var filter = summary.filter();
        return filter == null || Expressions.of(catalog)
                .condition(filter, dev.objectos.runtime.expression.Scope.formula(child.name())).fields().stream()
                .allMatch(path -> visible(child, path, asking));
    }

    private boolean visible(ObjectDefinition object, FieldPath path, Set<FieldDefinition> asking) {
        ObjectDefinition at = object;
        for (String segment : path.segments()) {
            FieldDefinition field = at.fields().get(segment);
            if (field == null || !visible(at, field, asking)) {
                return false;
            }
            if (field.type() instanceof FieldType.Reference reference) {
                at = object(reference.target());
            }
        }
        return true;
    }

    private Set<String> hidden(ObjectDefinition object) {
        Set<String> known = hidden.get(object.name());
        if (known == null) {
            known = new HashSet<>();
            for (QueryRewriter rewriter : rewriters) {
                known.addAll(rewriter.fields(object, session, catalog).hidden());
            }
            known.remove("id");
            hidden.put(object.name(), known);
        }
        return known;
    }
}
