package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Who may read a file that records have been given: it asks for the record and the field, as everybody does. */
public final class FileReaders {

    private final Supplier<Catalog> catalogs;
    private final BiFunction<Query, Session, JsonDocument> records;

    /** @param records the read path */
    public FileReaders(Supplier<Catalog> catalogs, BiFunction<Query, Session, JsonDocument> records) {
        this.catalogs = catalogs;
        this.records = records;
    }

    /** Whether the session sees one of the records, and sees the file in it. */
    boolean mayRead(UUID file, List<FileTable.Use> uses, Session session) {
        Catalog catalog = catalogs.get();
        var byField = new LinkedHashMap<String, List<FileTable.Use>>();
        for (FileTable.Use use : uses) {
            byField.merge(use.object() + "." + use.field(), List.of(use),
                    (all, one) -> Stream.concat(all.stream(), one.stream()).toList());
        }
        for (Map.Entry<String, List<FileTable.Use>> entry : byField.entrySet()) {
            FileTable.Use one = entry.getValue().getFirst();
            boolean seen = catalog.object(one.object()).stream().flatMap(object -> object.fields().values().stream())
                    .filter(field -> field.id().equals(one.field())).findFirst()
                    .filter(field -> sees(file, one.object(), field, entry.getValue(), session)).isPresent();
            if (seen) {
                return true;
            }
        }
        return false;
    }

    private boolean sees(UUID file, String object, FieldDefinition field, List<FileTable.Use> uses, Session session) {
        Operator holds = field.type() instanceof FieldType.File type && type.multiple()
                ? Operator.CONTAINS
                : Operator.EQ;
        var query = new Query(object, List.of(FieldPath.of(SystemFields.ID)), new Predicate.And(List.of(
                new Predicate.Comparison(FieldPath.of(SystemFields.ID), Operator.IN,
                        new Operand.Literals(uses.stream().<Object>map(use -> use.record().toString()).toList())),
                new Predicate.Comparison(FieldPath.of(field.name()), holds, new Operand.Literal(file.toString())))),
                List.of(), Page.first(1), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        try {
            return records.apply(query, session).toString().contains("\"id\"");
        } catch (PlatformException e) {
            ErrorKind kind = e.code().kind();
            if (kind == ErrorKind.DENIED || kind == ErrorKind.NOT_FOUND || kind == ErrorKind.USER) {
                return false; // the object, or the field, is not seen, or shown masked
            }
            throw e;
        }
    }
}
