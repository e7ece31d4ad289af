package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Origin;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether the files that a change gives to a record are there, may be given by the session, and fit their fields. */
public final class FileChecks {

    private FileChecks() {}

    /** The files that a value of a field names; texts that are no ids name none. */
    public static Set<UUID> ids(FieldDefinition field, @Nullable Object value) {
        var ids = new LinkedHashSet<UUID>();
        if (field.type() instanceof FieldType.File && value != null) {
            for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                if (one instanceof String text && FieldValues.isId(text)) {
                    ids.add(UUID.fromString(text));
                }
            }
        }
        return ids;
    }

    /** Whether a change gives files to a record. */
    static boolean concern(Draft draft) {
        return draft.values().entrySet().stream().anyMatch(entry -> entry.getValue() != null
                && draft.object().field(entry.getKey()).orElseThrow().type() instanceof FieldType.File);
    }

    /** Data files of plugins may name what is no file of the tenant's, such as an address. */
    static void check(Draft draft, RelatedRecords related, FieldErrors errors) {
        if (draft.consequence() || draft.session().origin() == Origin.SEED || !concern(draft)) {
            return;
        }
        var wanted = new LinkedHashMap<FieldDefinition, Set<UUID>>();
        draft.values().forEach((name, value) -> {
            FieldDefinition field = draft.object().field(name).orElseThrow();
            if (field.type() instanceof FieldType.File && value != null) {
                Set<UUID> ids = ids(field, value);
                int named = value instanceof List<?> list ? list.size() : 1;
                if (ids.size() < named) {
                    errors.add(field, "invalid_file", "must be the id of an uploaded file");
                }
                wanted.put(field, ids);
            }
        });
        var all = new LinkedHashSet<UUID>();
        wanted.values().forEach(all::addAll);
        Map<UUID, FileFacts> files = all.isEmpty() ? Map.of() : related.files(all);
        wanted.forEach((field, ids) -> ids.forEach(id -> check(field, files.get(id), errors)));
    }

    private static void check(FieldDefinition field, @Nullable FileFacts file, FieldErrors errors) {
        if (file == null) {
            errors.add(field, "invalid_reference", "refers to a file that does not exist");
            return;
        }
        var type = (FieldType.File) field.type();
        String family = switch (type.name()) {
            case "image", "avatar", "signature" -> "image/";
            case "video" -> "video/";
            case "audio" -> "audio/";
            default -> "";
        };
        if (!file.contentType().startsWith(family)) {
            errors.add(field, "invalid_type", "takes files of type " + family + "*, not " + file.contentType());
        }
        Long most = type.maxSize();
        if (most != null && file.size() > most) {
            errors.add(field, "max_size", "takes files of at most " + most + " bytes");
        }
    }
}
