package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.FormulaTypes;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
                new Catalog(version, objects, ObjectAssembly.ALIASES, items, relationships, violations.sorted()));
    }
}
