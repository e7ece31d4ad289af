package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.Violation;
import java.util.List;

/** What metadata would become, without publishing it. */
@FunctionalInterface
public interface CatalogPreview {

    /** The catalog with other files on top of all others, as if somebody had saved them last; changes nothing. */
    Previewed with(List<MetadataFile> files);

    /**
     * A catalog that nobody has published.
     *
     * @param violations everything wrong or doubtful in it
     */
    record Previewed(Catalog catalog, List<Violation> violations) {

        public Previewed {
            violations = List.copyOf(violations);
        }
    }
}
