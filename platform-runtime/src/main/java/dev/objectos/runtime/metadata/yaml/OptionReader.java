package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the options of a select field: plain values, maps of value and label, or a map from value to label. */
final class OptionReader {

    private final Findings findings;

    OptionReader(Findings findings) {
        this.findings = findings;
    }

    List<SelectOption> read(Element written) {
        var options = new ArrayList<SelectOption>();
        Set<String> values = new HashSet<>();
        switch (written) {
            case Items items -> items.elements().forEach(item -> {
                SelectOption option = option(item);
                if (option != null && fresh(values, option.value(), item)) {
                    options.add(option);
                }
            });
            case Entries map -> map.entries().forEach((value, entry) -> options.add(labelled(value, entry.value())));
            case Scalar _ -> {
            }
        }
        return options;
    }

    /** The value that is marked as the default, or null. */
    static @Nullable String marked(@Nullable Element written) {
        if (written instanceof Items items) {
            for (Element item : items.elements()) {
                if (item instanceof Entries option && option.flag("default")) {
                    return option.text("value");
                }
            }
        }
        return null;
    }

    private boolean fresh(Set<String> values, String value, Element item) {
        if (values.add(value)) {
            return true;
        }
        findings.error(item.where(), "the option '" + value + "' is there twice", "remove one of them");
        return false;
    }

    private static @Nullable SelectOption option(Element item) {
        return switch (item) {
            case Scalar scalar -> new SelectOption(scalar.text(), Names.humanise(scalar.text()), Map.of());
            case Entries map -> {
                String value = map.text("value");
                yield value == null ? null : labelled(value, map);
            }
            case Items _ -> null;
        };
    }

    private static SelectOption labelled(String value, Element described) {
        if (described instanceof Entries map) {
            String label = map.text("label");
            var descriptive = new LinkedHashMap<String, Object>();
            map.entries().forEach((key, entry) -> {
                Object plain = entry.value().plain();
                if (!key.equals("value") && !key.equals("label") && plain != null) {
                    descriptive.put(key, plain);
                }
            });
            return new SelectOption(value, label == null ? Names.humanise(value) : label, descriptive);
        }
        return new SelectOption(value, described instanceof Scalar label && label.value() != null
                ? label.text()
                : Names.humanise(value), Map.of());
    }
}
