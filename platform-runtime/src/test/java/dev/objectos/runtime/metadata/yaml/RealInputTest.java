package dev.objectos.runtime.metadata.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Applications that nobody here wrote load as they are. */
class RealInputTest {

    @Test
    void loadsTheEnterpriseApplication() {
        Catalog catalog = load("enterprise-erp");
        assertThat(catalog.errors()).isEmpty();
    }

    @Test
    void loadsTheProjectTracker() {
        Catalog catalog = load("project-tracker");
        assertThat(catalog.errors()).isEmpty();
    }

    private static Catalog load(String application) {
        Path folder = realInput().resolve(application);
        assumeTrue(Files.isDirectory(folder), () -> "SKIPPED: no real input at " + folder);
        return CatalogLoader.load(1, List.of(MetadataSource.directory(folder)));
    }

    /** Beside the project's root, wherever the tests are started. */
    static Path realInput() {
        Path at = Path.of("").toAbsolutePath();
        while (at.getParent() != null && !Files.exists(at.resolve(".mvn"))) {
            at = at.getParent();
        }
        return at.resolveSibling("shared").resolve("real-input");
    }
}
