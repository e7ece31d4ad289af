package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.FormulaTypes;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Builds a catalog from files. */
public final class CatalogLoader {

    /** The platform's own id where a plugin's would stand. */
    public static final String RUNTIME = "runtime";

    private static final MetadataSource OWN = MetadataSource.single(RUNTIME, CatalogLoader.class,
            "objects/user.object.yml");

    private CatalogLoader() {}

    /**
     * The catalog of everything that is right; a pure function of the files. Whatever is wrong is in
     * {@link Catalog#violations()}: a file with an error is left out, and so is what depends on it.
     *
     * @param version of the snapshot
     * @param sources plugins in the order of their dependencies, then folders; the runtime's own objects come by
     *        themselves
     */
    public static Catalog load(long version, List<MetadataSource> sources) {
        var violations = new Violations();
        var all = new ArrayList<MetadataSource>();
        all.add(OWN);
        all.addAll(sources);
        var objectParts = new ArrayList<Part>();
        var itemParts = new ArrayList<Part>();
        for (Part part : new Intake(violations).read(all)) {
            (part.kind() == MetadataKind.OBJECT || part.kind() == MetadataKind.VALIDATION ? objectParts : itemParts)
                    .add(part);
        }
        var assembly = new ObjectAssembly(violations);
        Map<String, ObjectDefinition> objects = assembly.assemble(objectParts);
        var items = new ItemReader(objects, assembly, violations).read(itemParts);
        var relationships = Relationships.of(objects, violations);
        return FormulaTypes.inferred(
                new Catalog(version, objects, ObjectAssembly.ALIASES, items, relationships, violations.sorted(),
                        edited(objectParts, itemParts)));
    }

    /** The versions of what administrators have edited, good or bad. */
    private static Map<ItemKey, Integer> edited(List<Part> objects, List<Part> items) {
        var versions = new HashMap<ItemKey, Integer>();
        Stream.concat(objects.stream(), items.stream()).filter(part -> part.plugin().equals(MetadataSource.EDITED))
                .forEach(part -> versions.put(key(part), part.version()));
        return versions;
    }

    private static ItemKey key(Part part) {
        if (part.kind() == MetadataKind.OBJECT) {
            return new ItemKey(part.kind().type(), ObjectAssembly.objectOf(part));
        }
        String named = part.content() instanceof Entries content ? content.text("name") : null;
        return new ItemKey(part.kind().type(), named == null ? part.located().stem() : named);
    }
}
