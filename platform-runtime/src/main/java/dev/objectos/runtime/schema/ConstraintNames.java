package dev.objectos.runtime.schema;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Names of constraints and indexes: readable, at most 63 bytes, and the same for the same object, purpose and columns. The
 * digest keeps apart what would read alike, for index names are shared by the whole schema.
 */
final class ConstraintNames {

    private static final int MAX_READABLE = 63 - 9;

    private ConstraintNames() {}

    static String of(String table, String purpose, List<String> columns) {
        String readable = table + "_" + (columns.isEmpty() ? "" : String.join("_", columns) + "_") + purpose;
        var digest = new CRC32C();
        digest.update((table + '\0' + purpose + '\0' + String.join("\0", columns)).getBytes(StandardCharsets.UTF_8));
        return readable.substring(0, Math.min(readable.length(), MAX_READABLE)) + "_"
                + HexFormat.of().toHexDigits((int) digest.getValue());
    }
}
