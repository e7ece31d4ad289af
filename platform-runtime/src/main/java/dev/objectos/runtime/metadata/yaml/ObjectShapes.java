package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.Value.any;
import static dev.objectos.runtime.metadata.yaml.Value.dictionary;
import static dev.objectos.runtime.metadata.yaml.Value.either;
import static dev.objectos.runtime.metadata.yaml.Value.expression;
import static dev.objectos.runtime.metadata.yaml.Value.flag;
import static dev.objectos.runtime.metadata.yaml.Value.list;
import static dev.objectos.runtime.metadata.yaml.Value.named;
import static dev.objectos.runtime.metadata.yaml.Value.names;
import static dev.objectos.runtime.metadata.yaml.Value.nested;
import static dev.objectos.runtime.metadata.yaml.Value.number;
import static dev.objectos.runtime.metadata.yaml.Value.text;
import static dev.objectos.runtime.metadata.yaml.Value.whole;
import static dev.objectos.runtime.metadata.yaml.Value.words;

import java.util.LinkedHashMap;
import java.util.Map;

/** The keys of object files, fields, options, indexes and actions. */
final class ObjectShapes {

    static final Shape OPTION = Shape.of("an option", //
            Key.of("value", text()).needed().says("What is stored"), //
            Key.of("label", text(), "title").says("What people read"), //
            Key.of("default", flag(), "isDefault", "is_default").says("Whether new records get this option"))
            .describing("color", "icon", "description", "ai_context", "order", "group", "disabled", "visible_when");

    static final Shape SUMMARY = Shape.of("a summary", //
            Key.of("object", text(), "summary_object", "child", "child_object").needed().says("The child object"), //
            Key.of("field", text(), "summary_field").says("The child's field; none for count"), //
            Key.of("function", summaryFunction(), "type", "summary_type", "operation").needed(), //
            Key.of("reference", text(), "reference_field", "relation_field", "lookup", "via", "foreign_key")
                    .says("The child's lookup to this object, where it has several"), //
            Key.of("filter", condition(), "filters", "summary_filters", "where", "condition"));

    static final Shape FIELD_PERMISSIONS = Shape.strict("the permissions of a field", //
            Key.of("visible_to", names(), "visibleTo", "read"), //
            Key.of("editable_by", names(), "editableBy", "edit", "update"), //
            Key.of("declassified", flag()));

    static final Shape FIELD_VALIDATION = Shape.of("the validation of a field", //
            Key.of("pattern", text(), "regex"), //
            Key.of("min", number()), //
            Key.of("max", number()), //
            Key.of("min_length", whole(0, null), "minLength"), //
            Key.of("max_length", whole(1, null), "maxLength"), //
            Key.of("required", flag()), //
            Key.of("unique", flag())).describing("format", "protocols", "message", "ai_context");

    static final Shape FIELD = Shape.of("a field", //
            Key.of("type", new Value.Word(TypeFamily.spellings())).says("What the field holds"), //
            Key.of("id", text(), "renamed_from", "renamedFrom").says("Stable identity; survives a rename"), //
            Key.of("name", text()), //
            Key.of("label", text(), "title").says("What people read; made from the name where absent"), //
            Key.of("description", text()), //
            Key.of("help_text", text(), "helpText", "help", "inline_help_text", "inlineHelpText", "tooltip"), //
            Key.of("required", flag(), "is_required", "isRequired"), //
            Key.of("unique", flag(), "is_unique", "isUnique").says("Within a tenant"), //
            Key.of("default", any(), "defaultValue", "default_value").says("A value, or ${an expression}"), //
            Key.of("readonly", flag(), "read_only", "readOnly", "is_readonly"), //
            Key.of("hidden", flag(), "is_hidden"), //
            Key.of("searchable", flag(), "is_searchable"), //
            Key.of("index", flag(), "indexed"), //
            Key.of("external_id", flag(), "externalId", "is_external_id"), //
            Key.of("min", number(), "min_value", "minValue", "minimum"), //
            Key.of("max", number(), "max_value", "maxValue", "maximum", "max_rating", "maxRating"), //
            Key.of("min_length", whole(0, null), "minLength"), //
            Key.of("max_length", whole(1, null), "maxLength", "length"), //
            Key.of("pattern", text(), "regex"), //
            Key.of("precision", whole(0, 1000)), //
            Key.of("scale", whole(0, 1000), "decimals", "decimal_places"), //
            Key.of("options", either(list(either(nested(() -> ObjectShapes.OPTION), text())), dictionary(any()))), //
            Key.of("multiple", flag(), "multi"), //
            Key.of("reference_to", text(), "reference", "referenceTo").says("The object that a lookup leads to"), //
            Key.of("on_delete", words("set_null: setNull, clear", "cascade", "restrict: deny"), "deleteBehavior",
                    "delete_behavior", "onDelete"), //
            Key.of("reference_filters", any(), "referenceFilters", "lookup_filters", "lookupFilters"), //
            Key.of("relationship_name", text(), "relationshipName", "related_name")
                    .says("Name of the child collection on the parent"), //
            Key.of("expression", expression(), "formula"), //
            Key.of("return_type", new Value.Word(returnTypes()), "data_type", "dataType", "returnType"), //
            Key.of("format", text(), "auto_number_format", "autonumberFormat", "autoNumberFormat",
                    "autonumber_format"), //
            Key.of("prefix", text()), //
            Key.of("digits", whole(1, 18), "start_digits"), //
            Key.of("summary", nested(() -> ObjectShapes.SUMMARY), "rollup_summary", "rollup", "summaryOperations",
                    "summary_operations"), //
            Key.of("summary_object", text(), "summaryObject"), //
            Key.of("summary_field", text(), "summaryField"), //
            Key.of("summary_type", summaryFunction(), "summaryType", "summary_function", "summary_operation"), //
            Key.of("summary_filters", condition(), "summary_filter", "summaryFilters", "filters"), //
            Key.of("fields", new Value.Named(nested(() -> ObjectShapes.FIELD), false), "sub_fields", "subFields"), //
            Key.of("dimension", whole(1, 16_000), "dimensions"), //
            Key.of("max_size", whole(1, null), "maxSize"), //
            Key.of("permissions", nested(() -> FIELD_PERMISSIONS)).lifted(), //
            Key.of("validation", nested(() -> FIELD_VALIDATION)).lifted(), //
            Key.of("visible_to", names(), "visibleTo"), //
            Key.of("editable_by", names(), "editableBy"), //
            Key.of("declassified", flag()), //
            Key.of("mask", any(), "masking", "maskingRule"), //
            Key.of("track_history", flag(), "trackHistory", "track_feed_history", "trackFeedHistory"), //
            Key.of("required_when", condition(), "requiredWhen", "conditional_required", "conditionalRequired",
                    "required_if"), //
            Key.of("readonly_when", condition(), "readonlyWhen", "readonly_if"), //
            Key.of("visible_when", condition(), "visibleWhen", "visible_on", "visibleOn", "visible_if"))
            .describing("ai_context", "ai", "icon", "rows", "cols", "currency", "currency_code", "symbol", "min_size",
                    "accept", "group", "sortable", "sort", "filterable", "placeholder", "hint", "width", "order",
                    "sort_no", "sequence", "color", "tags", "language", "theme", "unit", "suffix", "step", "inline",
                    "is_wide", "column", "columns", "section", "widget", "component", "display_format",
                    "displayFormat", "blank_as_zero", "treat_blank_as", "example", "examples", "deprecated", "note",
                    "notes", "comment", "omit", "disabled", "max_width", "max_height", "min_width", "min_height",
                    "allow_half", "allowHalf", "line_numbers", "show_value", "marks", "currencyConfig", "encryption",
                    "cached", "dependencies", "depends_on", "case_sensitive", "caseSensitive", "system", "blackbox",
                    "customizable");

    static final Shape INDEX = Shape.of("an index", //
            Key.of("name", text()), //
            Key.of("fields", names(), "field", "columns").needed(), //
            Key.of("unique", flag())).describing("ai_context", "description", "type", "label");

    static final Shape ENABLE = Shape.of("'enable'", //
            Key.of("audit", flag()), //
            Key.of("trash", flag(), "recycle_bin"), //
            Key.of("search", flag(), "searchable"), //
            Key.of("api", flag(), "apiEnabled", "api_enabled"), //
            Key.of("history", flag(), "trackHistory", "track_history"))
            .describing("files", "feeds", "feed_enabled", "feedEnabled", "activities", "clone", "mru", "apiMethods",
                    "api_methods", "chatter", "notes", "tasks", "events", "workflow", "import", "export");

    static final Shape ACTION = Shape.of("an action", //
            Key.of("name", text()), //
            Key.of("type", words("record", "global")).says("Whether the action needs a record"), //
            Key.of("label", text(), "title"), //
            Key.of("params", named(() -> ObjectShapes.FIELD), "parameters", "inputs"), //
            Key.of("permission", names(), "permissions", "roles"), //
            Key.of("handler", any(), "updates")).describing("icon", "description", "confirm_text", "confirmText",
                    "confirm", "internal", "ai_context", "success_message", "successMessage", "error_message",
                    "variant",
                    "location", "locations", "visible_when", "visible", "disabled_when", "order", "group", "redirect",
                    "refresh", "refreshAfter", "help_text", "color", "shortcut", "result");

    static final Shape VALIDATION_BLOCK = Shape.of("'validation'", //
            Key.of("validations", RuleShapes.rules(), "rules"))
            .describing("ai_context", "description", "validation_groups");

    static final Shape OBJECT = Shape.of("an object", //
            Key.of("name", text(), "api_name", "apiName").says("snake_case; the file's name where absent"), //
            Key.of("extends", text()).says("The object that this file adds to"), //
            Key.of("label", text(), "title"), //
            Key.of("plural_label", text(), "pluralLabel", "label_plural", "labelPlural"), //
            Key.of("description", text()), //
            Key.of("icon", text()), //
            Key.of("name_field", text(), "nameField", "title_field", "titleField", "display_field", "displayField",
                    "displayNameField", "display_name_field", "primary_field"), //
            Key.of("system", flag(), "isSystem", "is_system"), //
            Key.of("tenancy", words("shared", "global")), //
            Key.of("view", flag()).says("The records are rows of a view that the plugin's migration makes; read only"), //
            Key.of("enable", nested(() -> ENABLE), "features", "capabilities"), //
            Key.of("enable_audit", flag()).says("enable.audit"), //
            Key.of("enable_trash", flag()).says("enable.trash"), //
            Key.of("enable_search", flag()).says("enable.search"), //
            Key.of("enable_api", flag()).says("enable.api"), //
            Key.of("enable_history", flag()).says("enable.history"), //
            Key.of("fields", new Value.Named(nested(() -> FIELD), true)), //
            Key.of("indexes", new Value.Named(either(nested(() -> INDEX), names()), false), "indices", "index"), //
            Key.of("unique_together", list(either(list(text()), text())), "uniqueTogether", "unique_keys",
                    "unique_constraints"), //
            Key.of("validations", RuleShapes.rules(), "validation_rules", "validationRules"), //
            Key.of("validation", nested(() -> VALIDATION_BLOCK)).lifted(), //
            Key.of("actions", named(() -> ACTION)))
            .and(PermissionShapes.objectKeys())
            .describing("ai_context", "ai", "datasource", "table_name", "tableName", "tags", "active", "isActive",
                    "is_active", "abstract", "title_format", "titleFormat", "compact_layout", "compactLayout", "views",
                    "list_views", "listViews", "layouts", "color", "group", "category", "module", "package", "version",
                    "order", "sort", "default_sort", "search", "key_prefix", "keyPrefix", "help_text", "domain",
                    "documentation", "sort_no", "hidden", "ui", "display", "field_groups", "fieldGroups", "i18n",
                    "deprecated", "author", "metadata", "customizable", "enable_files", "enable_notes", "enable_tasks",
                    "enable_events", "enable_share", "enable_chatter");

    private ObjectShapes() {}

    /** A condition in CEL, or in the older forms as maps and lists. */
    static Value condition() {
        return either(expression(), any());
    }

    private static Value summaryFunction() {
        return words("count", "sum", "min", "max", "avg: average");
    }

    private static Map<String, String> returnTypes() {
        var scalars = new LinkedHashMap<String, String>();
        TypeFamily.spellings().forEach((spelling, name) -> {
            TypeFamily family = TypeFamily.of(name);
            if (family != null) {
                switch (family) {
                    case TEXT, DECIMAL, WHOLE, BOOL, DATE, TIME, INSTANT -> scalars.put(spelling, name);
                    case PASSWORD, SECRET, CHOICE, CHOICES, REFERENCE, FILE, JSON, VECTOR, AUTONUMBER, FORMULA,
                            SUMMARY ->
                        {
                    }
                }
            }
        });
        return scalars;
    }
}
