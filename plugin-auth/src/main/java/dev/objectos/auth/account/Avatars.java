package dev.objectos.auth.account;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.storage.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pictures of people: where browsers find them, and what somebody may choose as one. */
public final class Avatars {

    /** The field of the user object, which better-auth's clients call {@code image}. */
    public static final String FIELD = "avatar";

    private static final String FILES = "/api/storage/files/";
    private static final FieldPath ID = FieldPath.of("id");
    private static final FieldPath AVATAR = FieldPath.of(FIELD);

    private final Records records;
    private final Files files;

    public Avatars(Records records, Files files) {
        this.records = records;
        this.files = files;
    }

    /** The address of the picture of whose session it is; null: none. */
    public @Nullable String of(Session self) {
        UUID user = Objects.requireNonNull(self.userId());
        return of(List.of(user), self).get(user);
    }

    /**
     * Addresses of pictures, paths of this server, by the id of whose they are; only those that the reader may see.
     *
     * @param users ids of records in the reader's tenant
     */
    public Map<UUID, String> of(List<UUID> users, Session reader) {
        var found = new HashMap<UUID, String>();
        for (int from = 0; from < users.size(); from += Page.MAXIMUM) {
            List<UUID> some = users.subList(from, Math.min(users.size(), from + Page.MAXIMUM));
            records(some, reader).forEach(record -> {
                if (record.path(FIELD).isString()) {
                    found.put(UUID.fromString(record.path("id").asString()), FILES + record.path(FIELD).asString());
                }
            });
        }
        return found;
    }

    private JsonNode records(List<UUID> users, Session reader) {
        var theirs = new Predicate.Comparison(ID, Operator.IN, new Operand.Literals(List.copyOf(users)));
        var some = new Predicate.Comparison(AVATAR, Operator.IS_NOT_NULL, new Operand.None());
        var query = new Query(Catalog.USER, List.of(ID, AVATAR), new Predicate.And(List.of(theirs, some)), List.of(),
                Page.first(Page.MAXIMUM), List.of(), List.of(), List.of(), Predicate.ALWAYS, null, false);
        try {
            return JsonMapper.shared().readTree(records.query(query, reader).utf8()).path("records");
        } catch (PlatformException e) {
            if (e.code().kind() == ErrorKind.DENIED || e.code().kind() == ErrorKind.USER) {
                // Who may not see the field is told what those are told who have no picture.
                return JsonMapper.shared().createArrayNode();
            }
            throw e;
        }
    }

    /**
     * The file that somebody chooses as a picture.
     *
     * @param named its id, or the address that {@link #of} gives
     * @throws PlatformException {@code VALIDATION_FAILED} where they may not read such a file themselves
     */
    public String choose(String named, Session by) {
        String id = named.startsWith(FILES) ? named.substring(FILES.length()) : named;
        try {
            return files.find(FieldValues.id(id).orElseThrow(Avatars::unknown), by).id().toString();
        } catch (PlatformException e) {
            throw e.code().kind() == ErrorKind.NOT_FOUND ? unknown() : e;
        }
    }

    private static PlatformException unknown() {
        return PlatformException.validation(List.of(new FieldError("image", "invalid_reference",
                "image is the id of a picture that you have sent to /api/storage/upload, or its address")));
    }
}
