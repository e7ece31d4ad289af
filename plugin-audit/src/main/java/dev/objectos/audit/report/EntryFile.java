package dev.objectos.audit.report;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A file of entries in the making, which is not complete before it is ended. */
public interface EntryFile {

    /** @param entry its values by name, as they are in answers of the API */
    void write(Map<String, @Nullable Object> entry) throws IOException;

    /** Writes what stands behind the last entry; and before the first, where there was none. */
    void end() throws IOException;
}
