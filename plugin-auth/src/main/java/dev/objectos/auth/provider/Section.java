package dev.objectos.auth.provider;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Written;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A map of {@code auth.config.yml}, for readers that know its keys. Neither the case of a key nor the way of joining its words
 * counts: {@code clientId} is found as {@code client_id} too. Values may name variables: <code>${NAME}</code>, or
 * <code>${NAME:otherwise}</code>. Whatever is wrong is reported with its place and makes the section {@linkplain #usable unusable}, as
 * does a variable that is not set; keys that nobody has asked for are reported as unknown.
 */
public final class Section {

    private final Reading reading;
    private final String path;
    private final String name;
    private final SourceLocation where;
    private final Map<String, Written.Member> members = new LinkedHashMap<>();
    private final Map<String, String> spelled = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();
    private boolean ignored;

    Section(Reading reading, String path, String name, Written.Mapping content) {
        this.reading = reading;
        this.path = path;
        this.name = name;
        this.where = content.where();
        content.members().forEach((key, member) -> {
            String earlier = spelled.putIfAbsent(fold(key), key);
            if (earlier == null) {
                members.put(fold(key), member);
            } else {
                reading.error(path, member.key(), "'" + earlier + "' and '" + key + "' are the same thing",
                        "keep one of them");
            }
        });
        reading.opened(this);
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    }

    /** The key that it stands behind. */
    public String name() {
        return name;
    }

    /** The keys from the top, such as {@code providers.oauth2.google}. */
    public String path() {
        return path;
    }

    /** Where the value of a key was written; where the section begins, if it was not. */
    public SourceLocation where(String key) {
        Written.Member member = members.get(fold(key));
        return member == null ? where : member.value().where();
    }

    /** Whether nothing in it is wrong, and every variable that it names is set. */
    public boolean usable() {
        return reading.usable(path);
    }

    /** Whether {@code enabled: false} stands in it; the rest of it is then not looked at. */
    public boolean switchedOff() {
        ignored = !flag("enabled", true);
        return ignored;
    }

    /** Says what only a reader that knows the meaning can see; the section is unusable then. */
    public void refuse(String key, String message, String suggestion) {
        reading.error(path, where(key), message, suggestion);
    }

    /** Says what it lacks to be of use; it is off then, without being wrong. */
    public void lacks(String key, String suggestion) {
        reading.off(path, where, path + " is off: it has no '" + key + "'", suggestion);
    }

    /** A text; empty where there is none. */
    public Optional<String> text(String key) {
        Written value = value(key);
        return value == null
                ? Optional.empty()
                : Optional.ofNullable(single(key, value)).filter(text -> !text.isBlank());
    }

    public String text(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    /** A text that has to be there; an empty one where it is not, which is reported. */
    public String required(String key) {
        boolean there = value(key) != null;
        String text = text(key).orElse("");
        if (!there) {
            reading.error(path, where, path + " needs '" + key + "'", "add " + key + ": …");
        }
        return text;
    }

    public boolean flag(String key, boolean otherwise) {
        String text = text(key).orElse(null);
        if (text == null) {
            return otherwise;
        }
        if (!text.equals("true") && !text.equals("false")) {
            wrong(key, "true or false");
            return otherwise;
        }
        return text.equals("true");
    }

    /** A whole number within bounds. */
    public int whole(String key, int otherwise, int least, int most) {
        String text = text(key).orElse(null);
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        wrong(key, "a whole number from " + least + " to " + most);
        return otherwise;
    }

    /** One of the names of an enumeration, written in lower case with dashes or in any other way. */
    public <E extends Enum<E>> E word(String key, E otherwise) {
        String text = text(key).orElse(null);
        if (text == null) {
            return otherwise;
        }
        List<E> words = List.of(otherwise.getDeclaringClass().getEnumConstants());
        Optional<E> found = words.stream().filter(word -> fold(word.name()).equals(fold(text))).findFirst();
        if (found.isEmpty()) {
            List<String> known = words.stream().map(word -> word.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList();
            reading.error(path, where(key), "'" + key + "' does not know '" + text + "'",
                    "write one of " + String.join(", ", known));
        }
        return found.orElse(otherwise);
    }

    /** An address that begins with {@code https://}, or on this very machine {@code http://}. */
    public Optional<URI> address(String key) {
        String text = text(key).orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            if (SafeAddress.is(address)) {
                return Optional.of(address);
            }
        } catch (URISyntaxException _) {
            // Said below.
        }
        wrong(key, "an address that begins with https://");
        return Optional.empty();
    }

    /** The texts of a list; of a single value, its words between spaces or commas. */
    public List<String> list(String key) {
        Written value = value(key);
        return switch (value) {
            case null -> List.of();
            case Written.Single _ -> Arrays.stream(text(key).orElse("").split("[\\s,]+", -1))
                    .filter(word -> !word.isEmpty()).toList();
            case Written.Listing list -> {
                var texts = new ArrayList<String>();
                for (Written element : list.elements()) {
                    String text = single(key, element);
                    if (text != null) {
                        texts.add(text);
                    }
                }
                yield List.copyOf(texts);
            }
            case Written.Mapping _ -> {
                wrong(key, "a list");
                yield List.of();
            }
        };
    }

    /** The names of roles behind a key. */
    public List<String> roles(String key) {
        List<String> roles = list(key);
        roles.forEach(role -> reading.mention(path, role, where(key)));
        return roles;
    }

    /** The roles that a map gives by words of the author's choice. */
    public Map<String, List<String>> rolesByGroup(String key) {
        return byWord(key, Section::roles);
    }

    /** A map whose keys the author chooses, each with one text or several. */
    public Map<String, List<String>> lists(String key) {
        return byWord(key, Section::list);
    }

    private Map<String, List<String>> byWord(String key, BiFunction<Section, String, List<String>> reader) {
        Section map = section(key).orElse(null);
        if (map == null) {
            return Map.of();
        }
        var lists = new LinkedHashMap<String, List<String>>();
        map.spelled.forEach((_, word) -> lists.put(word, reader.apply(map, word)));
        return lists;
    }

    /** The section behind a key; empty where there is none. */
    public Optional<Section> section(String key) {
        Written value = value(key);
        return switch (value) {
            case null -> Optional.empty();
            case Written.Mapping map -> Optional.of(new Section(reading, path.isEmpty() ? key : path + "." + key,
                    key, map));
            case Written.Single _,Written.Listing _ -> {
                wrong(key, "a map");
                yield Optional.empty();
            }
        };
    }

    /** Every section in it, where the author chooses their names; one of which nothing is said is empty. */
    public List<Section> sections() {
        var sections = new ArrayList<Section>();
        spelled.forEach((folded, word) -> {
            Written.Member member = members.get(folded);
            if (member != null && value(word) == null) {
                sections.add(new Section(reading, path + "." + word, word,
                        new Written.Mapping(Map.of(), member.value().where())));
            } else {
                section(word).ifPresent(sections::add);
            }
        });
        return sections;
    }

    /** Has nothing of it reported. */
    void leaveAside() {
        ignored = true;
    }

    boolean has(String key) {
        return members.containsKey(fold(key));
    }

    boolean unasked(String key) {
        return has(key) && asked.stream().noneMatch(word -> fold(word).equals(fold(key)));
    }

    void reportUnknown() {
        if (ignored) {
            return;
        }
        Set<String> known = asked.stream().map(Section::fold).collect(Collectors.toSet());
        members.forEach((folded, member) -> {
            if (!known.contains(folded)) {
                String word = spelled.getOrDefault(folded, folded);
                reading.error(path, member.key(),
                        (path.isEmpty() ? "auth.config.yml" : path) + " has no key '" + word + "'",
                        reading.suggest(word, asked));
            }
        });
    }

    /** What was written; null where nothing was. */
    private @Nullable Written value(String key) {
        asked.add(key);
        Written.Member member = members.get(fold(key));
        return member == null || (member.value() instanceof Written.Single single && single.value() == null)
                ? null
                : member.value();
    }

    private @Nullable String single(String key, Written value) {
        if (value instanceof Written.Single single) {
            return reading.resolved(path, single.text(), single.where());
        }
        wrong(key, "text");
        return null;
    }

    private void wrong(String key, String expected) {
        reading.error(path, where(key), "'" + key + "' must be " + expected, "write " + key + ": " + expected);
    }
}
