package dev.objectos.runtime.spi;

import dev.objectos.runtime.metadata.Violation;
import java.util.List;

/**
 * Knows what is wrong or doubtful in files that concern the whole server without being metadata. A bean of this type is asked whenever
 * a platform administrator looks at the diagnostics.
 */
@FunctionalInterface
public interface FileFindings {

    /** As the files are now. */
    List<Violation> violations();
}
