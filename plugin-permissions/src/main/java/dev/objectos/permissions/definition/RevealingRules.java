package dev.objectos.permissions.definition;

import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.metadata.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reports rules that measure what everybody writes by values that some do not see: whoever tries one value after the other learns by the
 * refusals what is hidden.
 */
public final class RevealingRules {

    private final Catalog catalog;
    private final Permissions permissions;
    private final List<Violation> found = new ArrayList<>();

    private RevealingRules(Catalog catalog) {
        this.catalog = catalog;
        this.permissions = Permissions.of(catalog);
    }

    /** A warning for each rule, and for each field that is required under such a condition. */
    public static List<Violation> in(Catalog catalog) {
        var rules = new RevealingRules(catalog);
        catalog.objects().forEach(rules::look);
        return List.copyOf(rules.found);
    }

    private void look(ObjectDefinition object) {
        for (ValidationRule rule : object.validations()) {
            Set<FieldPath> read = read(rule.condition(), object);
            read.addAll(read(rule.when(), object));
            if (!read.stream().allMatch(path -> guarded(object, path))) {
                report(object, "the rule " + rule.name(), read, rule.source());
            }
        }
        for (FieldDefinition field : object.fields().values()) {
            ExpressionSource required = field.rules().requiredWhen();
            if (required != null && !guarded(object, FieldPath.of(field.name()))) {
                report(object, "required_when of " + field.name(), read(required, object), required.where());
            }
        }
    }

    private void report(ObjectDefinition object, String what, Set<FieldPath> read, SourceLocation where) {
        List<String> hidden = read.stream().filter(path -> guarded(object, path)).map(FieldPath::toString).sorted()
                .toList();
        if (!hidden.isEmpty()) {
            found.add(new Violation(Violation.Severity.WARNING, where, "object", object.name(),
                    what + " reads " + String.join(", ", hidden)
                            + ", which not everybody sees; what it refuses tells of the value",
                    "read what its writers see"));
        }
    }

    /** What is wrong with an expression is reported by who compiles it for its purpose. */
    private Set<FieldPath> read(@Nullable ExpressionSource source, ObjectDefinition object) {
        try {
            return source == null
                    ? new HashSet<>()
                    : new HashSet<>(
                            Expressions.of(catalog).condition(source, Scope.change(object.name())).storedFields());
        } catch (ExpressionException _) {
            return new HashSet<>();
        }
    }

    private boolean guarded(ObjectDefinition object, FieldPath path) {
        ObjectDefinition at = object;
        for (String segment : path.segments()) {
            if (permissions.of(at).guarded().contains(segment)) {
                return true;
            }
            at = at.field(segment).flatMap(catalog::target).orElse(at);
        }
        return false;
    }
}
