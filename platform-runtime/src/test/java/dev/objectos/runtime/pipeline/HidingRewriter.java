package dev.objectos.runtime.pipeline;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hides the rows, fields and objects, and masks the fields, that a test says, the same for everybody with the same roles. */
final class HidingRewriter implements QueryRewriter {

    private final Map<String, RowFilter> rows = new HashMap<>();
    private final Map<String, Set<String>> fields = new HashMap<>();
    private final Map<String, Map<String, Masking>> masks = new HashMap<>();
    private final Set<String> objects = new HashSet<>();
    private boolean sparing;
    private int asked;

    HidingRewriter rows(String object, RowFilter filter) {
        rows.put(object, filter);
        return this;
    }

    HidingRewriter field(String object, String field) {
        fields.computeIfAbsent(object, _ -> new HashSet<>()).add(field);
        return this;
    }

    HidingRewriter mask(String object, String field, Masking masking) {
        masks.computeIfAbsent(object, _ -> new HashMap<>()).put(field, masking);
        return this;
    }

    HidingRewriter object(String object) {
        objects.add(object);
        return rows(object, RowFilter.NOTHING);
    }

    /** Hides nothing from the platform itself. */
    HidingRewriter sparingTheSystem() {
        sparing = true;
        return this;
    }

    /** How often a plan has been made with it. */
    int plans() {
        return asked;
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return session.roles();
    }

    @Override
    public void admit(ObjectDefinition object, Session session, Catalog catalog) {
        asked++;
        if (objects.contains(object.name())) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "No");
        }
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return sparing && session.isSystem()
                ? RowFilter.EVERYTHING
                : rows.getOrDefault(object.name(), RowFilter.EVERYTHING);
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        return sparing && session.isSystem()
                ? FieldMask.NONE
                : new FieldMask(fields.getOrDefault(object.name(), Set.of()),
                        masks.getOrDefault(object.name(), Map.of()));
    }
}
