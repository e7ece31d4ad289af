package dev.objectos.audit.partition;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How many days entries are kept: what permission files say of an object ({@code audit: {retention_days: 90}}), else what the
 * settings say of the tenant, else what they say of all.
 */
public final class Retention {

    /** What is recorded of refusals. */
    public static final String DENIED = "access_denied";
    /** What is recorded of who is shown fields that are not for everybody. */
    public static final String SENSITIVE = "sensitive_field_access";

    private static final String PERMISSION = "permission";

    private final int fallback;
    private final Map<UUID, Integer> tenants;
    private volatile Known known = new Known(Catalog.empty(), Map.of());

    /** What the files of one snapshot say. */
    private record Known(Catalog catalog, Map<String, Rule> rules) {}

    /** @param days empty: nothing is said */
    private record Rule(boolean enabled, boolean reads, boolean denials, boolean sensitive, Optional<Integer> days) {}

    /**
     * @param fallback days, where nothing is said; 0: for ever
     * @param tenants days of those that have their own
     */
    public Retention(int fallback, Map<UUID, Integer> tenants) {
        this.fallback = fallback;
        this.tenants = Map.copyOf(tenants);
    }

    /** Days; 0: for ever. What an object says counts more than what is said of its tenant. */
    public int days(ObjectDefinition object, Catalog of, UUID tenant) {
        Rule rule = rules(of).get(object.name());
        return rule == null || rule.days().isEmpty() ? days(tenant) : rule.days().get();
    }

    /**
     * Of what concerns no object.
     *
     * @param tenant null: no tenant either
     */
    public int days(@Nullable UUID tenant) {
        return tenant == null ? fallback : tenants.getOrDefault(tenant, fallback);
    }

    /** Whether changes of that object's records are recorded at all. */
    public boolean recorded(ObjectDefinition object, Catalog of) {
        Rule rule = rules(of).get(object.name());
        return object.enable().audit() && !object.view() && (rule == null || rule.enabled());
    }

    /** Whether it is recorded who reads that object's records. */
    public boolean reads(ObjectDefinition object, Catalog of) {
        Rule rule = rules(of).get(object.name());
        return rule != null && rule.reads() && recorded(object, of);
    }

    /** Whether it is recorded what people were refused with that object: where it asks for that, or for alerts about it. */
    public boolean denials(ObjectDefinition object, Catalog of) {
        Rule rule = rules(of).get(object.name());
        return rule != null && rule.denials() && recorded(object, of);
    }

    /** Whether it is recorded who is shown that object's sensitive fields: where it asks for that, or for alerts about it. */
    public boolean sensitive(ObjectDefinition object, Catalog of) {
        Rule rule = rules(of).get(object.name());
        return rule != null && rule.sensitive() && recorded(object, of);
    }

    /** Every class that entries may have under that snapshot. */
    public Set<Integer> classes(Catalog of) {
        var classes = new TreeSet<Integer>(tenants.values());
        classes.add(fallback);
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
                rules.merge(item.object(),
                        new Rule(!Boolean.FALSE.equals(written.get("enabled")), events(written).contains("read"),
                                wanted(written, DENIED), wanted(written, SENSITIVE), days),
                        Retention::longer);
            }
        }
        return Map.copyOf(rules);
    }

    private static List<?> events(Map<?, ?> written) {
        return written.get("events") instanceof List<?> events ? events : List.of();
    }

    /** Whether entries of a kind are asked for by themselves, or needed for alerts. */
    private static boolean wanted(Map<?, ?> written, String event) {
        return events(written).contains(event) || (written.get("alerts") instanceof List<?> alerts && alerts.stream()
                .anyMatch(alert -> alert instanceof Map<?, ?> map && event.equals(map.get("event"))));
    }

    /** Several files about one object: whoever wants more of the trail is heeded. */
    private static Rule longer(Rule one, Rule other) {
        Optional<Integer> days = one.days().isPresent() && other.days().isPresent()
                ? Optional.of(Math.max(one.days().get(), other.days().get()))
                : one.days().or(other::days);
        return new Rule(one.enabled() || other.enabled(), one.reads() || other.reads(),
                one.denials() || other.denials(), one.sensitive() || other.sensitive(), days);
    }
}
