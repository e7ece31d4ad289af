package dev.objectos.runtime.spi;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.expression.EvaluationContext;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What expressions see who are asked about a stored record on somebody's behalf: the record, whole, whatever that somebody sees of
 * it, for they read what their author names; and what was given along. Nothing is read before an expression asks for it.
 */
public final class RecordValues implements EvaluationContext {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Catalog catalog;
    private final ObjectDefinition object;
    private final @Nullable UUID id;
    private final Map<String, @Nullable Object> params;
    private final Records records;
    private final Session session;
    private final Instant now;
    private final Map<UUID, Map<?, ?>> read = new HashMap<>();
    private @Nullable Long version;

    /**
     * @param id null: it is about no record
     * @param params by name, in the forms of {@link FieldValues}
     */
    public RecordValues(Catalog catalog, ObjectDefinition object, @Nullable UUID id,
            Map<String, @Nullable Object> params,
            Records records, Session session, Instant now) {
        this.catalog = catalog;
        this.object = object;
        this.id = id;
        this.params = Collections.unmodifiableMap(new HashMap<>(params));
        this.records = records;
        this.session = session;
        this.now = now;
    }

    /** The version of the record that expressions have read; null: none has read it. */
    public @Nullable Long version() {
        return version;
    }

    @Override
    public @Nullable Object record(FieldPath path) {
        ObjectDefinition of = object;
        UUID at = id;
        List<String> segments = path.segments();
        for (int i = 0; at != null; i++) {
            FieldDefinition field = of.field(segments.get(i)).orElseThrow();
            Object value = value(of, at, field);
            if (i == segments.size() - 1) {
                return value;
            }
            if (!(value instanceof UUID next) || !(field.type() instanceof FieldType.Reference reference)) {
                return null;
            }
            of = catalog.object(reference.target()).orElseThrow();
            at = next;
        }
        return null;
    }

    /** Nothing has changed yet. */
    @Override
    public @Nullable Object previous(FieldPath path) {
        return record(path);
    }

    @Override
    public @Nullable Object param(String name) {
        return params.get(name);
    }

    @Override
    public Session session() {
        return session;
    }

    @Override
    public Instant now() {
        return now;
    }

    private @Nullable Object value(ObjectDefinition of, UUID at, FieldDefinition field) {
        Object raw = read.computeIfAbsent(at, _ -> load(of, at)).get(field.name());
        try {
            return raw == null ? null : FieldValues.parse(field.type(), raw);
        } catch (InvalidValueException e) {
            throw new IllegalStateException(of.name() + "." + field.name() + " holds what it cannot", e);
        }
    }

    private Map<?, ?> load(ObjectDefinition of, UUID at) {
        try {
            RecordDocument stored = records.get(new RecordQuery(of.name(), at, List.of(), List.of()),
                    Session.system(session.tenant(), session.origin()));
            if (at.equals(id)) {
                version = stored.version();
            }
            return JSON.readValue(stored.json().utf8(), Map.class);
        } catch (PlatformException e) {
            if (e.code() == RuntimeError.RECORD_NOT_FOUND) {
                return Map.of(); // deleted in between
            }
            throw e;
        }
    }
}
