package dev.objectos.runtime.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Masking;
import dev.objectos.runtime.spi.QueryRewriter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What sessions see of fields, for whoever is no query: as the read path says it, found out once for a catalog, an object
 * and all sessions that are alike.
 */
public final class FieldViews {

    private static final int MOST = 20_000;

    private final Supplier<List<QueryRewriter>> rewriters;

    /** @param rewriters those that narrow reads at the moment; what is handed out must not change */
    public FieldViews(Supplier<List<QueryRewriter>> rewriters) {
        this.rewriters = rewriters;
    }

    /**
     * What the session's user sees of the object's fields; of an object that they may not read, what there is to fill in. Scopes say which objects may be asked about, not which fields.
     */
    public FieldView of(ObjectDefinition object, Session given, Catalog catalog) {
        Session session = given.withoutScopes();
        List<QueryRewriter> now = rewriters.get();
        if (now.isEmpty()) {
            return FieldView.WHOLE;
        }
        var question = new Question(object.name(), Narrowing.of(now, session, catalog));
        Cache<Question, FieldView> known = catalog.derive(Known.class, _ -> new Known()).views();
        FieldView view = known.getIfPresent(question);
        if (view == null) {
            view = look(object, new ReadRights(catalog, session, now));
            known.put(question, view);
        }
        return view;
    }

    /** Whether the session may read the object at all, within what its credential is limited to. */
    public boolean admits(ObjectDefinition object, Session session, Catalog catalog) {
        return readable(object, new ReadRights(catalog, session, rewriters.get()));
    }

    /** Everything about the session's user that {@link #of} looks at. */
    public Object fingerprint(Session session, Catalog catalog) {
        return Narrowing.of(rewriters.get(), session.withoutScopes(), catalog);
    }

    /** The fields that are not for everybody who may read the object's records. */
    public Set<String> guarded(ObjectDefinition object, Catalog catalog) {
        var nobody = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
        FieldView least = look(object, true, new ReadRights(catalog, nobody, rewriters.get()).guarded());
        var guarded = new HashSet<>(least.hidden());
        guarded.addAll(least.masked().keySet());
        return Set.copyOf(guarded);
    }

    private static FieldView look(ObjectDefinition object, ReadRights reading) {
        boolean readable = readable(object, reading);
        return look(object, readable, readable ? reading : reading.unread());
    }

    private static FieldView look(ObjectDefinition object, boolean readable, ReadRights rights) {
        var hidden = new HashSet<String>();
        var masked = new HashMap<String, Masking>();
        Map<String, Masking> masks = rights.masked(object);
        for (FieldDefinition field : object.fields().values()) {
            Masking masking = masks.get(field.name());
            if (!rights.known(object, field)) {
                hidden.add(field.name());
            } else if (masking != null) {
                masked.put(field.name(), masking);
            }
        }
        return readable && hidden.isEmpty() && masked.isEmpty()
                ? FieldView.WHOLE
                : new FieldView(readable, hidden, masked);
    }

    private static boolean readable(ObjectDefinition object, ReadRights rights) {
        try {
            rights.admit(object);
            return true;
        } catch (PlatformException e) {
            if (e.code().kind() == ErrorKind.DENIED || e.code().kind() == ErrorKind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    private record Question(String object, Narrowing narrowing) {}

    private record Known(Cache<Question, FieldView> views) {

        Known() {
            this(Caffeine.newBuilder().maximumSize(MOST).build());
        }
    }
}
