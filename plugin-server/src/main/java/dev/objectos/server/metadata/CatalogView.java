package dev.objectos.server.metadata;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.expression.ExpressionException;
import dev.objectos.runtime.expression.Expressions;
import dev.objectos.runtime.expression.Scope;
import dev.objectos.runtime.i18n.Translations;
import dev.objectos.runtime.metadata.ActionDefinition;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.ItemRights;
import dev.objectos.runtime.spi.ItemRights.Shown;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.PathRights;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A catalog as one session sees it and in its language, for one request. */
public final class CatalogView {

    /** Items that are made for the eyes of people. */
    static final Set<String> DESCRIPTIVE = Set.of("app", "view", "form", "report", "chart", "page", "menu");

    private final Catalog catalog;
    private final Session session;
    private final ObjectRights rights;
    private final Translations translations;
    private final boolean translated;
    private final Map<String, ObjectAccess> known = new HashMap<>();
    private @Nullable Boolean hidesNothing;

    public CatalogView(Catalog catalog, Session session, ObjectRights rights) {
        this(catalog, session, rights, true);
    }

    private CatalogView(Catalog catalog, Session session, ObjectRights rights, boolean translated) {
        this.catalog = catalog;
        this.session = describing(session);
        this.rights = rights;
        this.translations = Translations.of(catalog);
        this.translated = translated;
    }

    /** To a credential that is good for metadata and for no records is described what its user may do with them. */
    private static Session describing(Session session) {
        Set<String> scopes = session.scopes();
        return scopes != null && scopes.stream().noneMatch(scope -> scope.equals("*") || scope.startsWith("data:"))
                ? session.withoutScopes()
                : session;
    }

    /** The same in the words of its authors, whatever language they chose. */
    CatalogView asWritten() {
        return new CatalogView(catalog, session, rights, false);
    }

    /** All sessions with an equal one see the same. */
    public Object fingerprint() {
        return new Alike(rights.fingerprint(session, catalog), administers(), translated, locale());
    }

    /** Whether its reader's requests get through to what answers at a path. */
    public boolean reaches(PathRights paths, String method, String path) {
        return paths.reach(session, method, path);
    }

    /** What the texts are in. */
    public Locale locale() {
        return translations.choose(null, session.locale());
    }

    public Catalog catalog() {
        return catalog;
    }

    /** Whether the session may see who may do what. */
    boolean administers() {
        return session.may(SystemPermission.EXPLAIN_PERMISSIONS) || session.may(SystemPermission.MANAGE_METADATA);
    }

    /** Whether the session may change any metadata: who edits what they see in part would lose the rest. */
    boolean edits() {
        return session.may(SystemPermission.MANAGE_METADATA);
    }

    /** What the session sees of an item that is no object: nothing of one about an object that it may not read. */
    Shown shown(MetadataItem item, ItemRights items) {
        if (edits()) {
            return Shown.WHOLE;
        }
        Shown shown = items.of(item, session, catalog);
        ObjectDefinition about = item.object() == null || !DESCRIPTIVE.contains(item.type())
                ? null
                : catalog.object(item.object()).orElse(null);
        if (about == null || !shown.visible()) {
            return shown;
        }
        var withheld = new HashSet<>(shown.withheld());
        withheld.addAll(access(about).hidden());
        return access(about).readable() ? new Shown(true, withheld) : Shown.NOTHING;
    }

    /** The objects that the session may read. */
    public Stream<ObjectDefinition> objects() {
        return catalog.objects().stream().filter(object -> access(object).readable()).map(this::said);
    }

    /** The object of that name, if the session may read it. */
    public Optional<ObjectDefinition> object(String name) {
        return catalog.object(name).filter(object -> access(object).readable()).map(this::said);
    }

    private ObjectDefinition said(ObjectDefinition object) {
        return translated ? translations.object(object, session.locale()) : object;
    }

    /** Whether there is an object of that name that the session may read. */
    public boolean reads(String name) {
        return catalog.object(name).filter(object -> access(object).readable()).isPresent();
    }

    /** What the session may do with an object. */
    public ObjectAccess access(ObjectDefinition object) {
        return known.computeIfAbsent(object.name(),
                name -> rights.of(catalog.object(name).orElse(object), session, catalog));
    }

    /** Whether the session may do that to a record that it sees. */
    public boolean changeable(ObjectDefinition object, ChangeAction action, UUID id) {
        return !rights.changeable(object, action, List.of(id), session, catalog).isEmpty();
    }

    /** The actions of the object that the session may run, on some record if not on all. */
    public Stream<ActionDefinition> actions(ObjectDefinition object) {
        return object.actions().values().stream()
                .filter(action -> rights.runs(object, action.name(), session, catalog));
    }

    /** The fields that the object has, as far as the session can tell. */
    public Stream<FieldDefinition> fields(ObjectDefinition object) {
        ObjectAccess access = access(object);
        return object.fields().values().stream().filter(field -> access.sees(field.name()));
    }

    /** Whether the session sees every field that a formula reads. */
    boolean reveals(ObjectDefinition object, FieldDefinition formula) {
        try {
            return hidesNothing() || sees(object, Expressions.of(catalog).formula(object.name(), formula.name()));
        } catch (ExpressionException _) {
            return false; // what it names cannot be told
        }
    }

    /** The text of an expression; null where it names a field that the session does not see. */
    @Nullable
    String text(ObjectDefinition object, @Nullable ExpressionSource source, Scope scope) {
        if (source == null) {
            return null;
        }
        try {
            return hidesNothing() || sees(object, Expressions.of(catalog).compile(source, scope))
                    ? source.text()
                    : null;
        } catch (ExpressionException _) {
            return null; // what it names cannot be told
        }
    }

    private boolean hidesNothing() {
        if (hidesNothing == null) {
            hidesNothing = catalog.objects().stream().allMatch(object -> access(object).hidden().isEmpty());
        }
        return hidesNothing;
    }

    private boolean sees(ObjectDefinition object, CompiledExpression expression) {
        return sees(object, expression.fields()) && sees(object, expression.storedPreviousFields());
    }

    private boolean sees(ObjectDefinition object, Collection<FieldPath> paths) {
        return paths.stream().allMatch(path -> sees(object, path));
    }

    private boolean sees(ObjectDefinition object, FieldPath path) {
        ObjectDefinition at = object;
        for (String segment : path.segments()) {
            FieldDefinition field = at.fields().get(segment);
            if (field == null || !access(at).sees(segment)) {
                return false;
            }
            if (field.type() instanceof FieldType.Reference reference) {
                at = catalog.object(reference.target()).orElse(at);
            }
        }
        return true;
    }

    private record Alike(Object rights, boolean administrator, boolean translated, Locale locale) {}
}
