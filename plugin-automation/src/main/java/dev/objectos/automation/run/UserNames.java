package dev.objectos.automation.run;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.SystemFields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Users as triggers name them: by id, user name or e-mail, in this order. */
final class UserNames {

    /** Finds users by one field: value → id. */
    @FunctionalInterface
    interface Lookup {

        Map<Object, UUID> find(String field, Collection<?> values);
    }

    private final Lookup lookup;

    UserNames(Lookup lookup) {
        this.lookup = lookup;
    }

    /** One user. */
    UUID one(String who) {
        return all(List.of(who)).getFirst();
    }

    /** All of them in their order; a {@link TriggerFailure} names those that there are not. */
    List<UUID> all(List<String> names) {
        var known = new LinkedHashMap<String, UUID>();
        List<UUID> ids = names.stream().filter(FieldValues::isId).map(UUID::fromString).toList();
        if (!ids.isEmpty()) {
            lookup.find(SystemFields.ID, ids).forEach((_, id) -> known.put(id.toString(), id));
        }
        List<String> words = names.stream().filter(name -> !FieldValues.isId(name)).toList();
        if (!words.isEmpty()) {
            lookup.find("username", words).forEach((word, id) -> known.put(word.toString(), id));
            addresses(words, known);
        }
        var found = new ArrayList<UUID>();
        var missing = new LinkedHashSet<String>();
        for (String name : names) {
            UUID id = known.get(FieldValues.isId(name) ? name.toLowerCase(Locale.ROOT) : name);
            if (id == null) {
                missing.add("'" + name + "'");
            } else {
                found.add(id);
            }
        }
        if (!missing.isEmpty()) {
            throw new TriggerFailure("there is no " + Catalog.USER + " " + String.join(", ", missing)
                    + " (by id, user name or e-mail)");
        }
        return found;
    }

    private void addresses(List<String> words, Map<String, UUID> known) {
        var wanted = new LinkedHashSet<String>();
        for (String word : words) {
            if (word.contains("@") && !known.containsKey(word)) {
                wanted.add(word);
                wanted.add(word.toLowerCase(Locale.ROOT));
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Map<Object, UUID> found = lookup.find("email", wanted);
        for (String word : words) {
            UUID id = found.getOrDefault(word, found.get(word.toLowerCase(Locale.ROOT)));
            if (id != null) {
                known.putIfAbsent(word, id);
            }
        }
    }
}
