package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A YAML file that is not part of the catalog, compared with the table of its keys, for readers elsewhere: values by
 * path, each with the place where it was written. A path names keys from the top, and positions in lists by number.
 */
public final class CheckedDocument {

    private final Entries content;
    private final String type;
    private final String name;
    private final List<Violation> violations = new ArrayList<>();

    private CheckedDocument(String type, String label, byte[] bytes, Shape shape) {
        this.type = type;
        this.name = label;
        var findings = new Findings(type, label, violations::add);
        Element root = YamlReader.read(label, bytes, findings);
        if (root instanceof Entries map) {
            content = new ShapeChecker(findings)
                    .check(shape == PluginShapes.TRUSTED_KEY && map.has("keys") ? PluginShapes.TRUSTED_KEYS : shape,
                            map);
        } else {
            content = Entries.empty(new SourceLocation(label, 1, 1));
            if (root != null) {
                findings.error(root.where(), "the file must be a map of keys, not " + root.kind(), "write key: value");
            }
        }
    }

    /**
     * The manifest of a plugin.
     *
     * @param label names the file in positions
     */
    public static CheckedDocument plugin(String label, byte[] content) {
        return new CheckedDocument("plugin", label, content, PluginShapes.MANIFEST);
    }

    /** A publisher's key at the top, or several below {@code keys}. */
    public static CheckedDocument trustedKeys(String label, byte[] content) {
        return new CheckedDocument("trust", label, content, PluginShapes.TRUSTED_KEY);
    }

    /** Everything that was found wrong or doubtful, in the order in which it was found. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    public boolean isUsable() {
        return violations.stream().noneMatch(Violation::isError);
    }

    /** Adds what only a reader that knows the meaning can see. */
    public void error(SourceLocation where, String message, String suggestion) {
        violations.add(new Violation(Severity.ERROR, where, type, name, message, suggestion));
    }

    /** The text of a single value as it was written; null where there is none. */
    public @Nullable String text(String... path) {
        return at(path) instanceof Scalar scalar && scalar.value() != null ? scalar.text() : null;
    }

    public @Nullable Integer whole(String... path) {
        return at(path) instanceof Scalar(Integer value, _, _, _) ? value : null;
    }

    public boolean flag(String... path) {
        return at(path) instanceof Scalar scalar && Boolean.TRUE.equals(scalar.value());
    }

    /** The texts of a list; of a single value, that one. */
    public List<String> texts(String... path) {
        return switch (at(path)) {
            case Items items -> items.elements().stream().filter(Scalar.class::isInstance)
                    .map(item -> ((Scalar) item).text()).toList();
            case Scalar scalar when scalar.value() != null -> List.of(scalar.text());
            case null, default -> List.of();
        };
    }

    /** A path with one more step. */
    public static String[] path(String[] path, String step) {
        String[] longer = Arrays.copyOf(path, path.length + 1);
        longer[path.length] = step;
        return longer;
    }

    /** The keys of a map in the order in which they were written; none where there is no map. */
    public Set<String> keys(String... path) {
        return at(path) instanceof Entries map ? map.entries().keySet() : Set.of();
    }

    /** How many elements a list has; 0 where there is no list. */
    public int size(String... path) {
        return at(path) instanceof Items items ? items.elements().size() : 0;
    }

    /** Where the value was written; the place of what is around it where it is missing. */
    public SourceLocation where(String... path) {
        Element found = content;
        for (String step : path) {
            Element next = below(found, step);
            if (next == null) {
                break;
            }
            found = next;
        }
        return found.where();
    }

    /** Where the last key of the path was written. */
    public SourceLocation whereKey(String... path) {
        Element around = at(List.of(path).subList(0, path.length - 1).toArray(String[]::new));
        return around instanceof Entries map ? map.keyWhere(path[path.length - 1]) : where(path);
    }

    private @Nullable Element at(String... path) {
        Element found = content;
        for (String step : path) {
            if (found == null) {
                return null;
            }
            found = below(found, step);
        }
        return found;
    }

    private static @Nullable Element below(Element element, String step) {
        return switch (element) {
            case Entries map -> map.get(step);
            case Items items when step.matches("\\d{1,6}") && Integer.parseInt(step) < items.elements().size() ->
                items.elements().get(Integer.parseInt(step));
            case Items _,Scalar _ -> null;
        };
    }
}
