package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldRules;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a field, or a parameter of an action, from its canonical attributes. */
final class FieldReader {

    /** Attributes that a {@link FieldDefinition} holds elsewhere; every other one is kept beside them. */
    private static final Set<String> READ = Set.of("type", "id", "name", "label", "description", "help_text",
            "required",
            "unique", "default", "readonly", "hidden", "searchable", "index", "external_id", "min", "max", "min_length",
            "max_length", "pattern", "precision", "scale", "options", "multiple", "reference_to", "on_delete",
            "expression", "return_type", "summary", "summary_object", "summary_field", "summary_type",
            "summary_filters", "fields", "dimension", "max_size", "visible_to", "editable_by", "declassified",
            "track_history", "required_when", "readonly_when", "visible_when");

    private final Findings findings;
    private final TypeReader types;
    private final DefaultReader defaults;
    private final boolean textUnlessSaid;

    /**
     * @param object the object around the field
     * @param textUnlessSaid whether a field that says nothing of its type is a text
     */
    FieldReader(String object, Findings findings, boolean textUnlessSaid) {
        this.findings = findings;
        this.types = new TypeReader(object, findings);
        this.defaults = new DefaultReader(findings);
        this.textUnlessSaid = textUnlessSaid;
    }

    @Nullable
    FieldDefinition read(String name, Entry entry) {
        if (!(entry.value() instanceof Entries field) || !isNamed(name, entry)) {
            return null;
        }
        String typeName = TypeReader.typeName(field);
        if (textUnlessSaid && (typeName == null || lacksOptions(typeName, field))) {
            typeName = "text";
        }
        if (typeName == null) {
            findings.error(place(entry), "the field '" + name + "' has no type", "add type: text, or another type");
            return null;
        }
        FieldType type = types.read(typeName, field, place(entry));
        if (type == null) {
            return null;
        }
        boolean derived = type.derived();
        boolean required = (field.flag("required") || typeName.equals("master_detail")) && !derived;
        if (derived && field.flag("required")) {
            findings.warning(field.keyWhere("required"), "'required' has no effect on a field of type " + typeName,
                    "remove it");
        }
        boolean unique = field.flag("unique") && mayBeUnique(type);
        if (field.flag("unique") && !unique) {
            findings.warning(field.keyWhere("unique"), "'unique' has no effect on a field of type " + typeName,
                    "remove it");
        }
        String id = field.text("id");
        String label = field.text("label");
        return new FieldDefinition(id == null ? name : id, name, type, label == null ? Names.humanise(name) : label,
                field.text("description"), field.text("help_text"), false, required,
                unique, field.flag("readonly"),
                field.flag("hidden"), field.flag("searchable"), field.flag("index"), field.flag("external_id"),
                field.flag("track_history"), defaultOf(type, field), rules(field), access(field), descriptive(field),
                entry.keyWhere());
    }

    /** Where the field was written; where several files did, in the last of them. */
    private static SourceLocation place(Entry entry) {
        SourceLocation last = entry.value().where();
        return last.file().equals(entry.keyWhere().file()) ? entry.keyWhere() : last;
    }

    /** A choice for whose options whoever asks for it is to see; what can be given is not known here. */
    private boolean lacksOptions(String typeName, Entries field) {
        if (TypeFamily.of(typeName) != TypeFamily.CHOICE || field.has("options")) {
            return false;
        }
        findings.warning(field.valueWhere("type"), "a parameter of type " + typeName
                + " without options takes any text", "add options: [first, second]");
        return true;
    }

    /** Not what is computed when it is read, nor what is stored so that equal values look different. */
    private static boolean mayBeUnique(FieldType type) {
        return !(type instanceof FieldType.Formula) && !(type instanceof FieldType.Password)
                && !(type instanceof FieldType.Secret);
    }

    private boolean isNamed(String name, Entry entry) {
        if (!Names.isSnakeCase(name)) {
            findings.error(entry.keyWhere(), "'" + name + "' is no field name: it must be snake_case with at most "
                    + Names.MAX + " characters", "write " + Names.snakeCase(name));
            return false;
        }
        return true;
    }

    private @Nullable DefaultValue defaultOf(FieldType type, Entries field) {
        Element written = field.get("default");
        if (written != null && !written.isNull()) {
            return defaults.read(type, written);
        }
        String marked = OptionReader.marked(field.get("options"));
        return marked == null
                ? null
                : new DefaultValue.Literal(
                        type instanceof FieldType.Choices ? java.util.List.of(marked) : marked);
    }

    private FieldRules rules(Entries field) {
        var rules = new FieldRules(condition(field, "required_when"), condition(field, "readonly_when"),
                condition(field, "visible_when"));
        return rules.equals(FieldRules.NONE) ? FieldRules.NONE : rules;
    }

    private @Nullable ExpressionSource condition(Entries field, String key) {
        Element written = field.get(key);
        return written == null || written.isNull()
                ? null
                : new ConditionTranslator(findings, _ -> null).condition(written);
    }

    private static FieldAccess access(Entries field) {
        var access = new FieldAccess(field.words("visible_to"), field.words("editable_by"),
                field.flag("declassified"));
        return access.equals(FieldAccess.OPEN) ? FieldAccess.OPEN : access;
    }

    private static Map<String, Object> descriptive(Entries field) {
        var kept = new LinkedHashMap<String, Object>();
        field.entries().forEach((key, entry) -> {
            Object plain = entry.value().plain();
            if (!READ.contains(key) && plain != null) {
                kept.put(key, plain);
            }
        });
        return kept;
    }
}
