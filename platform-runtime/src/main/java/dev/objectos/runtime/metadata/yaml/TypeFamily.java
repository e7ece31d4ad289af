package dev.objectos.runtime.metadata.yaml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The families of field types, the type names that belong to them, and the attributes that mean something to them. */
@SuppressWarnings("ImmutableEnumChecker") // both collections are immutable copies
enum TypeFamily {

    TEXT(Set.of("min_length", "max_length", "pattern", "multiple"), //
            "text: string", "textarea: text_area, textArea, long_text, longText", "markdown", "html",
            "richtext: rich_text, richText", "code", "email", "url", "phone: tel",
            "color: colour"), PASSWORD(Set.of("min_length", "max_length"), "password"), SECRET(Set.of(),
                    "secret"), DECIMAL(Set.of("precision", "scale", "min", "max"), "number: decimal, float, double",
                            "currency: money", "percent: percentage",
                            "rating", "slider",
                            "progress"), WHOLE(Set.of("min", "max", "scale", "precision"), "integer: int"), BOOL(
                                    Set.of(), "boolean: bool, checkbox",
                                    "toggle"), DATE(Set.of(), "date"), TIME(Set.of(), "time"), INSTANT(Set.of(),
                                            "datetime: date_time, dateTime, timestamp"), CHOICE(
                                                    Set.of("options", "multiple"), "select: picklist",
                                                    "radio"), CHOICES(Set.of("options", "multiple"),
                                                            "multiselect: multi_select, multiSelect", "checkboxes",
                                                            "tags"), REFERENCE(
                                                                    Set.of("reference_to", "on_delete",
                                                                            "reference_filters", "multiple",
                                                                            "relationship_name"),
                                                                    "lookup: reference",
                                                                    "master_detail: masterDetail", "user",
                                                                    "tree"), FILE(
                                                                            Set.of("multiple", "max_size", "min_size",
                                                                                    "accept"),
                                                                            "file: attachment", "image", "avatar",
                                                                            "video", "audio",
                                                                            "signature"), JSON(
                                                                                    Set.of("fields", "multiple"),
                                                                                    "json", "object", "composite",
                                                                                    "repeater", "grid",
                                                                                    "location: geolocation",
                                                                                    "address"), VECTOR(
                                                                                            Set.of("dimension"),
                                                                                            "vector"), AUTONUMBER(
                                                                                                    Set.of("format",
                                                                                                            "prefix",
                                                                                                            "digits"),
                                                                                                    "autonumber: auto_number, autoNumber"), FORMULA(
                                                                                                            Set.of("expression",
                                                                                                                    "return_type",
                                                                                                                    "format",
                                                                                                                    "precision",
                                                                                                                    "scale"),
                                                                                                            "formula"), SUMMARY(
                                                                                                                    Set.of("summary",
                                                                                                                            "summary_object",
                                                                                                                            "summary_field",
                                                                                                                            "summary_type",
                                                                                                                            "summary_filters",
                                                                                                                            "precision",
                                                                                                                            "scale"),
                                                                                                                    "summary: rollup_summary, rollupSummary");

    /** Attributes that only some families know; any other attribute fits every field. */
    static final Set<String> SPECIAL = Set.of("min_length", "max_length", "pattern", "precision", "scale", "min", "max",
            "options", "multiple", "reference_to", "on_delete", "reference_filters", "relationship_name", "fields",
            "dimension", "digits", "expression", "return_type", "summary", "summary_object", "summary_field",
            "summary_type", "summary_filters");

    private static final Map<String, TypeFamily> BY_NAME = new LinkedHashMap<>();
    private static final Map<String, String> SPELLINGS = new LinkedHashMap<>();

    static {
        for (TypeFamily family : values()) {
            SPELLINGS.putAll(Value.spellings(family.entries));
            Value.spellings(family.entries).values().forEach(name -> BY_NAME.put(name, family));
        }
    }

    private final Set<String> attributes;
    private final List<String> entries;

    TypeFamily(Set<String> attributes, String... entries) {
        this.attributes = attributes;
        this.entries = List.of(entries);
    }

    /** The family of a canonical type name, or null. */
    static @Nullable TypeFamily of(String canonical) {
        return BY_NAME.get(canonical);
    }

    /** Every spelling with the canonical type name it stands for. */
    static Map<String, String> spellings() {
        return Collections.unmodifiableMap(SPELLINGS);
    }

    /** Whether an attribute has an effect on fields of this family. */
    boolean knows(String attribute) {
        return !SPECIAL.contains(attribute) || attributes.contains(attribute);
    }
}
