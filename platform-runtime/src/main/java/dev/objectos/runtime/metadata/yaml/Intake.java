package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.MetadataKind.Located;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads files one by one: what kind they are, whether they are YAML, whether their keys are right. */
final class Intake {

    private final Violations violations;
    private final Set<String> labels = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();

    Intake(Violations violations) {
        this.violations = violations;
    }

    /** The parts of all files that could be read, earlier layers before later ones. */
    List<Part> read(List<MetadataSource> sources) {
        var ordered = sources.stream()
                .sorted(Comparator.comparing(MetadataSource::layer)).toList();
        for (int i = 0; i < ordered.size(); i++) {
            for (MetadataFile file : ordered.get(i).files()) {
                Part part = read(ordered.get(i).plugin(), file, i);
                if (part != null) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    private @Nullable Part read(String plugin, MetadataFile file, int order) {
        Located located = MetadataKind.locate(file.path());
        if (located == null) {
            return null;
        }
        String label = label(plugin, file.path());
        var top = new SourceLocation(label, 1, 1);
        MetadataKind kind = located.kind();
        Findings findings = violations.findings(located.word().isEmpty() ? "file" : located.word(), located.stem());
        if (kind == null) {
            findings.warning(top, "the file is of no known kind and is not read",
                    located.word().isEmpty()
                            ? "name it " + located.stem() + ".object.yml, or by its kind"
                            : kindAdvice(located.word()));
            return null;
        }
        Element root = YamlReader.read(label, file.content(), findings);
        Element checked = root == null ? null : check(kind, root, findings);
        if (checked == null && kind == MetadataKind.OBJECT) {
            // Nobody uses what is in the file, but those who refer to its object are told why it is not there.
            checked = Entries.empty(top);
        }
        return checked == null ? null : new Part(plugin, label, kind, located, checked, order, file.version());
    }

    private static String kindAdvice(String word) {
        String near = Spelling.closest(word, MetadataKind.types());
        return near == null
                ? "the kinds are " + String.join(", ", MetadataKind.types())
                : "did you mean *." + near + ".yml?";
    }

    private static @Nullable Element check(MetadataKind kind, Element root, Findings findings) {
        if (kind == MetadataKind.DATA && root instanceof Element.Items) {
            return root;
        }
        if (!(root instanceof Entries map)) {
            findings.error(root.where(), "the file must be a map of keys, not " + root.kind(), "write key: value");
            return null;
        }
        return new ShapeChecker(findings).check(KindShapes.of(kind), map);
    }

    /** Two folders may hold files of one path; positions tell them apart. */
    private String label(String plugin, String path) {
        String label = MetadataSource.label(plugin, path);
        String unique = label;
        for (int i = 2; !labels.add(unique); i++) {
            unique = label + "#" + i;
        }
        return unique;
    }
}
