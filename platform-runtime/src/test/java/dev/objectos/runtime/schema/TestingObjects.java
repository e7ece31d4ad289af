package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldRules;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ObjectFeatures;
import dev.objectos.runtime.metadata.OnDelete;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.Tenancy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Catalogs written by hand, for tests of single changes. */
final class TestingObjects {

    private TestingObjects() {}

    static Catalog catalog(ObjectDefinition... objects) {
        var all = new LinkedHashMap<String, ObjectDefinition>();
        all.put(Catalog.USER, object(Catalog.USER, text("name"), text("email").unique()));
        for (ObjectDefinition object : objects) {
            all.put(object.name(), object);
        }
        return new Catalog(1, all, Map.of(), List.of(), List.of(), List.of());
    }

    static ObjectDefinition object(String name, Field... fields) {
        return object(name, Tenancy.SHARED, List.of(), fields);
    }

    static ObjectDefinition object(String name, Tenancy tenancy, List<IndexDefinition> indexes, Field... fields) {
        var all = new LinkedHashMap<String, FieldDefinition>();
        for (Field field : fields) {
            all.put(field.name, field.definition());
        }
        all.putAll(SystemFields.definitions());
        String nameField = fields.length == 0 ? SystemFields.ID : fields[0].name;
        return new ObjectDefinition(name, name, name, null, null, nameField, false, tenancy, ObjectFeatures.DEFAULT,
                all, indexes, List.of(), Map.of(), Map.of(), "test", Map.of(), SourceLocation.BUILT_IN);
    }

    static IndexDefinition index(String name, boolean unique, String... fields) {
        return new IndexDefinition(name, List.of(fields), unique, SourceLocation.BUILT_IN);
    }

    static Field text(String name) {
        return new Field(name, new FieldType.Text("text", null, null, null));
    }

    static Field whole(String name) {
        return new Field(name, new FieldType.Whole(null, null));
    }

    static Field decimal(String name, @Nullable Integer precision, @Nullable Integer scale) {
        return new Field(name, new FieldType.Decimal("number", precision, scale, null, null));
    }

    static Field lookup(String name, String target) {
        return new Field(name, new FieldType.Reference("lookup", target, OnDelete.SET_NULL));
    }

    static Field choice(String name, String... options) {
        return new Field(name, new FieldType.Choice("select", options(options)));
    }

    static Field choices(String name, String... options) {
        return new Field(name, new FieldType.Choices("multiselect", options(options)));
    }

    static Field field(String name, FieldType type) {
        return new Field(name, type);
    }

    private static List<SelectOption> options(String... values) {
        var options = new ArrayList<SelectOption>();
        Arrays.stream(values).forEach(value -> options.add(new SelectOption(value, value, Map.of())));
        return options;
    }

    /** A field under construction. */
    static final class Field {

        private final String name;
        private final FieldType type;
        private String id;
        private boolean required;
        private boolean unique;
        private boolean searchable;
        private boolean indexed;
        private @Nullable DefaultValue defaultValue;

        private Field(String name, FieldType type) {
            this.name = name;
            this.type = type;
            this.id = name;
        }

        Field id(String stable) {
            id = stable;
            return this;
        }

        Field required() {
            required = true;
            return this;
        }

        Field unique() {
            unique = true;
            return this;
        }

        Field searchable() {
            searchable = true;
            return this;
        }

        Field indexed() {
            indexed = true;
            return this;
        }

        Field otherwise(Object value) {
            defaultValue = new DefaultValue.Literal(value);
            return this;
        }

        FieldDefinition definition() {
            return new FieldDefinition(id, name, type, name, null, null, false, required, unique, false, false,
                    searchable, indexed, false, false, defaultValue, FieldRules.NONE, FieldAccess.OPEN, Map.of(),
                    SourceLocation.BUILT_IN);
        }
    }
}
