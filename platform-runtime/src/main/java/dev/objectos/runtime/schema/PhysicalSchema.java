package dev.objectos.runtime.schema;

import dev.objectos.runtime.database.DatabaseSchemas;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** The tables and columns of a catalog: a pure function of object names, stable field ids, and how often a type has changed. */
public final class PhysicalSchema {

    /** The database schema that holds every business table and nothing else. */
    public static final String NAME = DatabaseSchemas.DATA;

    /** PostgreSQL cuts identifiers at 63 bytes; ours stop before. */
    private static final int MAX_NAME = 63;

    /** An index has room for 32 columns, the tenant among them. */
    private static final int MAX_SEARCHABLE = 31;

    /** Names that every table already has. */
    private static final Set<String> TAKEN = Set.of("tenant_id", "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid");

    private final Map<String, PhysicalTable> tables;

    private PhysicalSchema(Map<String, PhysicalTable> tables) {
        this.tables = tables;
    }

    public static PhysicalSchema of(Catalog catalog) {
        return catalog.derive(PhysicalSchema.class, PhysicalSchema::map);
    }

    /** The table of an object of the catalog. */
    public PhysicalTable table(String object) {
        PhysicalTable table = tables.get(object);
        if (table == null) {
            throw new IllegalArgumentException(object + " has no table");
        }
        return table;
    }

    /** Whether requests by this catalog work with something that is to go. */
    boolean contains(Removal removal) {
        PhysicalTable table = tables.get(removal.object());
        return table != null && (removal.isTable()
                || table.columns().values().stream().anyMatch(column -> column.name().equals(removal.column())));
    }

    private static PhysicalSchema map(Catalog catalog) {
        ColumnPlaces places = ColumnPlaces.of(catalog);
        var tables = new LinkedHashMap<String, PhysicalTable>();
        for (ObjectDefinition object : catalog.objects()) {
            tables.put(object.name(), map(object, places));
        }
        return new PhysicalSchema(tables);
    }

    private static PhysicalTable map(ObjectDefinition object, ColumnPlaces places) {
        var columns = new LinkedHashMap<String, PhysicalColumn>();
        for (FieldDefinition field : object.fields().values()) {
            if (field.stored()) {
                String identity = identity(field);
                int generation = places.generation(object.name(), identity);
                columns.put(field.name(),
                        new PhysicalColumn(field.name(), columnName(identity, generation), ColumnType.of(field.type()),
                                IntStream.range(1, generation).mapToObj(earlier -> columnName(identity, earlier))
                                        .toList()));
            }
        }
        return new PhysicalTable(object.name(), shorten(object.name()), object.global(), columns,
                searchable(object, columns));
    }

    private static List<String> searchable(ObjectDefinition object, Map<String, PhysicalColumn> columns) {
        if (!object.enable().search()) {
            return List.of();
        }
        return object.fields().values().stream() //
                .filter(field -> field.searchable() || field.name().equals(object.nameField())) //
                .filter(field -> !(field.type() instanceof FieldType.Password
                        || field.type() instanceof FieldType.Secret)) //
                .map(FieldDefinition::name) //
                .filter(name -> {
                    PhysicalColumn column = columns.get(name);
                    return column != null && column.type().base() == ColumnType.Base.TEXT;
                }) //
                .limit(MAX_SEARCHABLE) //
                .toList();
    }

    /** What the columns of a field have in common, whatever its type: the name of the first one. */
    static String identity(FieldDefinition field) {
        return shorten(TAKEN.contains(field.id()) ? field.id() + "_" : field.id());
    }

    private static String columnName(String identity, int generation) {
        return generation == 1 ? identity : shorten(identity + "~" + generation);
    }

    /** The name itself, or its beginning and a digest of the whole where it is too long. */
    static String shorten(String name) {
        if (name.length() <= MAX_NAME) {
            return name;
        }
        var digest = new CRC32C();
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, MAX_NAME - 9) + "_" + HexFormat.of().toHexDigits((int) digest.getValue());
    }
}
