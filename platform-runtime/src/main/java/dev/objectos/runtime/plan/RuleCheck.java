package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.schema.ConstraintCatalog;
import dev.objectos.runtime.session.Origin;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills in the defaults of one draft and checks it against the rules of its fields and object. */
final class RuleCheck {

    private final Catalog catalog;
    private final Draft draft;
    private final ObjectDefinition object;
    private final RelatedRecords related;
    private final FieldErrors errors;
    private final WriteRules.OfObject rules;

    RuleCheck(Catalog catalog, Draft draft, RelatedRecords related) {
        this.catalog = catalog;
        this.draft = draft;
        this.object = draft.object();
        this.related = related;
        this.errors = draft.errors();
        this.rules = WriteRules.of(catalog).object(object);
    }

    /** Constants first, so that what is computed may read them. */
    void applyDefaults() {
        for (FieldDefinition field : object.fields().values()) {
            if (field.defaultValue() instanceof DefaultValue.Literal literal && open(field)) {
                set(field, literal.value());
            }
        }
        for (FieldDefinition field : object.fields().values()) {
            var computed = rules.defaults().get(field.name());
            if (computed != null && open(field)) {
                set(field, computed.evaluate(context()));
            }
        }
    }

    /** Required, limits, formats: of each field by itself. */
    void checkFields() {
        for (FieldDefinition field : object.fields().values()) {
            boolean written = draft.values().containsKey(field.name());
            if (!written && draft.action() == ChangeAction.UPDATE) {
                continue;
            }
            Object value = draft.values().get(field.name());
            if (field.required() && concerns(field) && MutationPlanner.bound(field) && !field.type().derived()
                    && FieldChecks.missing(value) && !errors.has(field.name())) {
                errors.add(field, "required", "is required");
            } else if (value != null) {
                FieldChecks.check(field, value, errors);
            }
        }
        rules.uniqueTexts().forEach(this::checkSize);
    }

    /** What the database would refuse without naming a field. */
    private void checkSize(List<FieldDefinition> texts) {
        List<FieldDefinition> written = texts.stream()
                .filter(field -> draft.values().get(field.name()) instanceof String).toList();
        int bytes = written.stream().mapToInt(field -> String.valueOf(draft.values().get(field.name()))
                .getBytes(StandardCharsets.UTF_8).length).sum();
        if (bytes > ConstraintCatalog.MOST_INDEXED) {
            written.forEach(errors::tooLargeForIndex);
        }
    }

    /** What depends on several fields, on the stored record or on the moment. */
    void checkRules() {
        for (WriteRules.FieldCondition condition : rules.conditions()) {
            checkReadonly(condition);
            FieldDefinition field = condition.field();
            var required = concerns(field) ? condition.requiredWhen() : null;
            if (required != null && FieldChecks.missing(context().record().get(field.name()))
                    && !errors.has(field.name()) && required.holds(context())) {
                errors.add(field, "required", "is required");
            }
        }
        for (WriteRules.Rule rule : rules.rules()) {
            if (rule.rule().needsPrevious() && draft.session().origin() == Origin.SEED) {
                continue; // a seed may begin in any state
            }
            var when = rule.when();
            if ((when == null || when.holds(context()))
                    && Objects.equals(rule.condition().evaluate(context()), false)) {
                report(rule.rule());
            }
        }
    }

    /**
     * That lists of references name records that are there; and, where the write is refused anyway, that single ones do, so
     * that the refusal is complete. Otherwise the database's own foreign keys tell, at no cost.
     */
    void checkReferences() {
        if (draft.consequence()) {
            return;
        }
        boolean refused = !errors.isEmpty();
        draft.values().forEach((name, value) -> {
            FieldDefinition field = object.field(name).orElseThrow();
            if (field.type() instanceof FieldType.References references && value instanceof List<?> ids) {
                checkTargets(field, references.target(), ids);
            } else if (field.type() instanceof FieldType.Reference reference && value instanceof UUID id
                    && draft.given(name)
                    && (refused || related.restricted(catalog.object(reference.target()).orElseThrow()))) {
                checkTargets(field, reference.target(), List.of(id));
            }
        });
    }

    /** That the record is given no file but one that the session may give. */
    void checkFiles() {
        FileChecks.check(draft, related, errors);
    }

    /** In the same words for a record that is not there and for one that the session may not see. */
    private void refuseReference(FieldDefinition field) {
        errors.add(field, "invalid_reference", "refers to a record that does not exist");
    }

    private void checkTargets(FieldDefinition field, String target, List<?> ids) {
        Set<UUID> wanted = new LinkedHashSet<>();
        ids.forEach(id -> wanted.add((UUID) id));
        if (wanted.isEmpty()) {
            return;
        }
        Set<UUID> found = related.visible(catalog.object(target).orElseThrow(), wanted);
        if (!found.containsAll(wanted)) {
            refuseReference(field);
        }
    }

    private void checkReadonly(WriteRules.FieldCondition condition) {
        FieldDefinition field = condition.field();
        var readonly = condition.readonlyWhen();
        if (readonly == null || !draft.written().contains(field.name())) {
            return;
        }
        boolean update = draft.action() == ChangeAction.UPDATE;
        ChangeContext context = update ? context().asStored() : context();
        boolean same = update
                ? Objects.equals(context.record().get(field.name()), draft.value(field.name()))
                : draft.value(field.name()) == null || isDefault(field);
        if (!same && readonly.holds(context)) {
            errors.add(field, "readonly", "cannot be written now");
        }
    }

    private boolean isDefault(FieldDefinition field) {
        return field.defaultValue() != null && !draft.given(field.name());
    }

    private void report(ValidationRule rule) {
        List<String> fields = rule.fields().stream().filter(field -> draft.view().has(object, field)).toList();
        if (fields.isEmpty()) {
            errors.add(new FieldError(rule.fields().isEmpty() ? rule.name() : "", rule.errorCode(), rule.message(),
                    Map.of(FieldError.RULE, rule.name())));
        }
        for (String field : fields) {
            errors.add(new FieldError(field, rule.errorCode(), rule.message(),
                    Map.of(FieldError.RULE, rule.name())));
        }
    }

    private boolean open(FieldDefinition field) {
        return !draft.written().contains(field.name()) && field.stored() && !field.type().derived()
                && concerns(field);
    }

    /** A field that another tenant has added for itself asks nothing of this one's records. */
    private boolean concerns(FieldDefinition field) {
        return field.concerns(draft.session().tenant());
    }

    private void set(FieldDefinition field, @Nullable Object value) {
        try {
            draft.values().put(field.name(), FieldInput.coerce(field, value));
        } catch (InvalidValueException e) {
            errors.add(field, e.code(), e.message());
        }
    }

    private ChangeContext context() {
        return draft.context(related);
    }
}
