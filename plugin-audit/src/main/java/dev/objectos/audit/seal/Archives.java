package dev.objectos.audit.seal;

import dev.objectos.audit.partition.Partitions.Part;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Copies of what goes: a file for each class and month, a line of JSON for each entry with everything that its seal covers. */
public final class Archives {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path directory;

    public Archives(Path directory) {
        this.directory = directory;
    }

    /** A file in the directory, and its SHA-256. */
    record Archive(String file, byte[] digest) {}

    /** Writes the file of a part, in the place of an unfinished one. */
    Archive write(Part part, SealStore store) {
        String name = "audit-" + part.days() + "-" + part.month() + ".ndjson.gz";
        try {
            Files.createDirectories(directory);
            Path fresh = Files.createTempFile(directory, name, ".new");
            try (var lines = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(fresh)), StandardCharsets.UTF_8))) {
                store.entries(part, row -> line(row, lines));
            }
            Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return new Archive(name, digest(name).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException("the archive " + name + " could not be written", e);
        }
    }

    private static void line(ResultSet row, BufferedWriter lines) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        var entry = new LinkedHashMap<String, @Nullable String>();
        for (int column = 1; column < columns.getColumnCount(); column++) {
            entry.put(columns.getColumnLabel(column), row.getString(column));
        }
        try {
            lines.write(JSON.writeValueAsString(entry));
            lines.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of a file; empty: it is not here. */
    Optional<byte[]> digest(String name) {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        MessageDigest digest = Fingerprint.sha256();
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
            content.transferTo(java.io.OutputStream.nullOutputStream());
            return Optional.of(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
