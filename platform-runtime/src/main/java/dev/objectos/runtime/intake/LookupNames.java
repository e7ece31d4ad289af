package dev.objectos.runtime.intake;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Page;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The records that cells name by something else than their ids: by the external id of their object, by its name, people by
 * e-mail address and username too. Many names are looked up at once, among the records that the session sees.
 */
final class LookupNames {

    private static final int AT_ONCE = Page.MAXIMUM;
    private static final int MOST_KNOWN = 50_000;

    private final Records records;
    private final Catalog catalog;
    private final Session session;
    private final Map<Named, Set<UUID>> found = new HashMap<>();
    private final Map<Place, Set<String>> wanted = new LinkedHashMap<>();

    LookupNames(Records records, Catalog catalog, Session session) {
        this.records = records;
        this.catalog = catalog;
        this.session = session;
    }

    /** @param by null: whatever field knows it */
    private record Place(String object, @Nullable String by) {}

    private record Named(Place place, String text) {}

    /** Whether the text must be looked up at all. */
    static boolean isName(String text, @Nullable String by) {
        return by == null ? !FieldValues.isId(text) : !by.equals(SystemFields.ID);
    }

    void want(String object, @Nullable String by, String text) {
        var place = new Place(object, by);
        if (!found.containsKey(new Named(place, text))) {
            wanted.computeIfAbsent(place, _ -> new LinkedHashSet<>()).add(text);
        }
    }

    /** Looks up what is wanted. */
    void find() {
        wanted.forEach((place, texts) -> {
            ObjectDefinition object = catalog.object(place.object()).orElseThrow();
            var left = new LinkedHashSet<>(texts);
            for (String field : place.by() == null ? keys(object) : List.of(place.by())) {
                search(place, object, field, left);
                left.removeIf(text -> found.containsKey(new Named(place, text)));
            }
        });
        wanted.clear();
    }

    /** The records of that name; none where it was not found. */
    Set<UUID> of(String object, @Nullable String by, String text) {
        return found.getOrDefault(new Named(new Place(object, by), text), Set.of());
    }

    /** Begins with other rows; of what is known no more is kept than is worth it. */
    void begin() {
        if (found.size() > MOST_KNOWN) {
            found.clear();
        }
    }

    private static List<String> keys(ObjectDefinition object) {
        var keys = new LinkedHashSet<String>();
        object.fields().values().stream().filter(FieldDefinition::externalId).map(FieldDefinition::name)
                .forEach(keys::add);
        keys.add(object.nameField());
        if (object.name().equals(Catalog.USER)) {
            keys.addAll(List.of("email", "username"));
        }
        keys.removeIf(key -> key.equals(SystemFields.ID) || !object.fields().containsKey(key));
        return List.copyOf(keys);
    }

    private void search(Place place, ObjectDefinition object, String field, Set<String> texts) {
        List<Object> all = List.copyOf(texts);
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            var match = new Predicate.Comparison(FieldPath.of(field), Operator.IN,
                    new Operand.Literals(all.subList(from, Math.min(from + AT_ONCE, all.size()))));
            String cursor = null;
            do {
                JsonNode page;
                try {
                    page = page(object, field, match, cursor);
                } catch (PlatformException e) {
                    if (e.code().kind() == ErrorKind.INTERNAL || e.code().kind() == ErrorKind.UNAVAILABLE) {
                        throw e;
                    }
                    return; // by what the session may not read, or not compare with a text, no record is known to it
                }
                for (JsonNode record : page.path("records")) {
                    found.computeIfAbsent(new Named(place, record.path(field).asString("")),
                            _ -> new LinkedHashSet<>()).add(UUID.fromString(record.path(SystemFields.ID).asString()));
                }
                cursor = page.path("nextCursor").asString(null);
            } while (cursor != null);
        }
    }

    private JsonNode page(ObjectDefinition object, String field, Predicate match, @Nullable String cursor) {
        var fields = new ArrayList<>(List.of(FieldPath.of(SystemFields.ID), FieldPath.of(field)));
        var query = new Query(object.name(), fields, match, List.of(), new Page(Page.MAXIMUM, null, cursor), List.of(),
                List.of(), List.of(), Predicate.ALWAYS, null, false);
        return JsonMapper.shared().readTree(records.query(query, session).utf8());
    }
}
