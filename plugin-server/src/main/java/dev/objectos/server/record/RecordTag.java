package dev.objectos.server.record;

import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.spi.ObjectAccess;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * The ETag of a record as somebody sees it: its version, followed by a mark where fields are hidden or masked for them, so
 * that no 304 confirms what was seen with other rights.
 */
final class RecordTag {

    private RecordTag() {}

    static String of(RecordDocument record, ObjectAccess access) {
        return "\"" + record.version() + mark(access) + "\"";
    }

    private static String mark(ObjectAccess access) {
        if (access.hidden().isEmpty() && access.masked().isEmpty()) {
            return "";
        }
        var sum = new CRC32();
        sum.update((new TreeSet<>(access.hidden()) + "|" + new TreeSet<>(access.masked()))
                .getBytes(StandardCharsets.UTF_8));
        return "-" + HexFormat.of().toHexDigits(sum.getValue(), 8);
    }
}
