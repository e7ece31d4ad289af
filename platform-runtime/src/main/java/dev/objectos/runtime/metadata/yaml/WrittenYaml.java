package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Written;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.LinkedHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads YAML files whose keys others know. */
public final class WrittenYaml {

    private WrittenYaml() {}

    /**
     * What is written in a file; null where that is no YAML, which the sink is told.
     *
     * @param type of the file, for what is told
     * @param label names the file in positions
     */
    public static @Nullable Written read(String type, String label, byte[] content, Consumer<Violation> sink) {
        Element root = YamlReader.read(label, content, new Findings(type, label, sink));
        return root == null ? null : written(root);
    }

    static Written written(Element element) {
        return switch (element) {
            case Scalar scalar -> new Written.Single(scalar.value(), scalar.text(), scalar.where());
            case Items items -> new Written.Listing(items.elements().stream().map(WrittenYaml::written).toList(),
                    items.where());
            case Entries map -> {
                var members = new LinkedHashMap<String, Written.Member>();
                map.entries().forEach((key, entry) -> members.put(key,
                        new Written.Member(entry.keyWhere(), written(entry.value()))));
                yield new Written.Mapping(members, map.where());
            }
        };
    }
}
