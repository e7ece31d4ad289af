package dev.objectos.server.realtime;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.Query;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.query.RestQueryParser;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what clients want to hear of, from addresses and from messages. */
final class SubscriptionParser {

    private static final Set<String> QUERY = Set.of("where", "filter", "filters", "fields", "select", "expand",
            "include", "populate");
    private static final Set<String> ADDRESS = Set.of("object", "filter", "where", "actions", "fields", "select",
            "subscriptions", "lastEventId");

    private final Catalog catalog;

    SubscriptionParser(Catalog catalog) {
        this.catalog = catalog;
    }

    /**
     * A subscription as clients name it.
     *
     * @param name how its events are told apart from those of others
     */
    record Named(String name, ChangeSubscription subscription) {}

    /**
     * The subscriptions of an address: {@code object}, repeated for several, with {@code filter}, {@code actions} and
     * {@code fields} once for all or as often; or {@code subscriptions} with a JSON list.
     */
    List<Named> parse(Map<String, List<String>> parameters, @Nullable Long after) {
        for (String name : parameters.keySet()) {
            if (!ADDRESS.contains(name)) {
                throw refuse("There is no parameter \"" + name + "\"; there are object, filter, actions, fields, "
                        + "subscriptions and lastEventId");
            }
        }
        List<String> listed = parameters.getOrDefault("subscriptions", List.of());
        List<String> objects = parameters.getOrDefault("object", List.of());
        if (listed.isEmpty() == objects.isEmpty() || listed.size() > 1) {
            throw refuse("Give either \"object\", once for each, or \"subscriptions\" with a JSON list");
        }
        var subscriptions = new ArrayList<Named>();
        if (objects.isEmpty()) {
            if (!(JsonReader.read(listed.getFirst(), RuntimeError.INVALID_REQUEST,
                    "\"subscriptions\"") instanceof List<?> list) || list.isEmpty() || parameters.size() > 2) {
                throw refuse("\"subscriptions\" is a list of {\"object\", \"where\", \"actions\", \"fields\"}, and all "
                        + "that is given");
            }
            for (Object one : list) {
                subscriptions.add(parse(one, String.valueOf(subscriptions.size() + 1), after));
            }
            return subscriptions;
        }
        for (int i = 0; i < objects.size(); i++) {
            var subscription = new LinkedHashMap<String, @Nullable Object>();
            subscription.put("object", objects.get(i));
            for (String name : ADDRESS) {
                String value = name.equals("object") || name.equals("lastEventId")
                        ? null
                        : at(parameters, name, i, objects.size());
                if (value != null && !value.isBlank()) {
                    subscription.put(name, name.equals("filter") || name.equals("where")
                            ? JsonReader.read(value, RuntimeError.INVALID_FILTER, "\"" + name + "\"")
                            : value);
                }
            }
            subscriptions.add(parse(subscription, String.valueOf(i + 1), after));
        }
        return subscriptions;
    }

    private static @Nullable String at(Map<String, List<String>> parameters, String name, int index, int objects) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1 && values.size() != objects) {
            throw refuse("Give \"" + name + "\" once for all objects, or once for each");
        }
        return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : values.get(index);
    }

    /**
     * The subscription in a JSON object.
     *
     * @param name where it does not give one itself by {@code id}
     */
    Named parse(@Nullable Object given, String name, @Nullable Long after) {
        if (!(given instanceof Map<?, ?> wish) || !(wish.get("object") instanceof String objectName)) {
            throw refuse("A subscription is an object with \"object\", and \"where\", \"actions\" and \"fields\" "
                    + "where wanted");
        }
        ObjectDefinition object = catalog.object(objectName).filter(known -> known.enable().api())
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object")
                        .about(objectName));
        var query = new LinkedHashMap<String, @Nullable Object>();
        String id = name;
        Set<ChangeKind> kinds = EnumSet.allOf(ChangeKind.class);
        for (Map.Entry<?, ?> entry : wish.entrySet()) {
            String key = String.valueOf(entry.getKey());
            switch (key) {
                case "object" -> {
                }
                case "id" -> id = text(entry.getValue(), key);
                case "actions" -> kinds = kinds(entry.getValue());
                default -> {
                    if (!QUERY.contains(key)) {
                        throw refuse("A subscription has no \"" + key + "\"");
                    }
                    query.put(key, entry.getValue());
                }
            }
        }
        Query parsed = new RestQueryParser(catalog).parse(object, (Object) query);
        return new Named(id, new ChangeSubscription(parsed, kinds, after));
    }

    /** The position that a client says it knows everything up to; null: it says nothing. */
    static @Nullable Long position(@Nullable String given) {
        if (given == null || given.isBlank()) {
            return null;
        }
        if (!given.chars().allMatch(digit -> digit >= '0' && digit <= '9') || given.length() > 18) {
            throw refuse("The last event id is one that this server has given");
        }
        return Long.valueOf(given);
    }

    private static String text(@Nullable Object given, String key) {
        if (given instanceof String text && !text.isEmpty() && text.length() <= 200) {
            return text;
        }
        throw refuse("\"" + key + "\" is a text of at most 200 characters");
    }

    private static Set<ChangeKind> kinds(@Nullable Object given) {
        List<?> words = switch (given) {
            case List<?> list -> list;
            case String text -> List.of(text.split(",", -1));
            case null, default -> throw refuse("\"actions\" is a list");
        };
        var kinds = EnumSet.noneOf(ChangeKind.class);
        for (Object word : words) {
            kinds.add(switch (String.valueOf(word).strip().toLowerCase(Locale.ROOT)) {
                case "created", "create" -> ChangeKind.CREATED;
                case "updated", "update" -> ChangeKind.UPDATED;
                case "deleted", "delete" -> ChangeKind.DELETED;
                case "left" -> ChangeKind.LEFT;
                default -> throw refuse("\"actions\" names created, updated, deleted or left");
            });
        }
        if (kinds.isEmpty()) {
            throw refuse("\"actions\" names at least one of created, updated, deleted and left");
        }
        return kinds;
    }

    private static PlatformException refuse(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
