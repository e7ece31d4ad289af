package dev.objectos.audit.partition;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many days entries are kept: what permission files say of an object ({@code audit: {retention_days: 90}}), else the
 * setting.
 */
public final class Retention {

    private static final String PERMISSION = "permission";

    private final int fallback;
    private volatile Known known = new Known(Catalog.empty(), Map.of());

    /** What the files of one snapshot say. */
    private record Known(Catalog catalog, Map<String, Rule> rules) {}

    /** @param days empty: nothing is said */
    private record Rule(boolean enabled, Optional<Integer> days) {}

    /** @param fallback days, where nothing is said; 0: for ever */
    public Retention(int fallback) {
        this.fallback = fallback;
    }

    /** Days; 0: for ever. */
    public int days(ObjectDefinition object, Catalog of) {
        Rule rule = rules(of).get(object.name());
        return rule == null ? fallback : rule.days().orElse(fallback);
    }

    /** Of what concerns no object. */
    public int days() {
        return fallback;
    }

    /** Whether changes of that object's records are recorded at all. */
    public boolean recorded(ObjectDefinition object, Catalog of) {
        Rule rule = rules(of).get(object.name());
        return object.enable().audit() && !object.view() && (rule == null || rule.enabled());
    }

    /** Every class that entries may have under that snapshot. */
    public Set<Integer> classes(Catalog of) {
        var classes = new TreeSet<Integer>(Set.of(fallback));
        rules(of).values().forEach(rule -> rule.days().ifPresent(classes::add));
        return classes;
    }

    @SuppressWarnings("ReferenceEquality") // another snapshot is another object
    private Map<String, Rule> rules(Catalog of) {
        Known last = known;
        if (last.catalog() != of) {
            last = new Known(of, read(of));
            known = last;
        }
        return last.rules();
    }

    private static Map<String, Rule> read(Catalog catalog) {
        var rules = new HashMap<String, Rule>();
        for (MetadataItem item : catalog.items(PERMISSION)) {
            if (item.object() != null && item.content().get("audit") instanceof Map<?, ?> written) {
                Optional<Integer> days = written.get("retention_days") instanceof Number number
                        ? Optional.of(number.intValue())
                        : Optional.empty();
                rules.merge(item.object(), new Rule(!Boolean.FALSE.equals(written.get("enabled")), days),
                        Retention::longer);
            }
        }
        return Map.copyOf(rules);
    }

    /** Several files about one object: whoever wants more of the trail is heeded. */
    private static Rule longer(Rule one, Rule other) {
        Optional<Integer> days = one.days().isPresent() && other.days().isPresent()
                ? Optional.of(Math.max(one.days().get(), other.days().get()))
                : one.days().or(other::days);
        return new Rule(one.enabled() || other.enabled(), days);
    }
}
