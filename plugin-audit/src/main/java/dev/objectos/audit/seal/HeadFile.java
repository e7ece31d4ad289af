package dev.objectos.audit.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The latest checkpoint that this node has made, outside the database: whoever cuts off the end of the trail there, seals and
 * all, is found out by it.
 */
public final class HeadFile {

    private static final String NAME = "audit.head";

    private final Path file;

    /** @param home the folder for everything that is kept outside a given database */
    public HeadFile(Path home) {
        this.file = home.resolve(NAME);
    }

    record Head(long number, byte[] hash) {}

    void write(long number, byte[] hash) {
        try {
            Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), NAME, ".new");
            Files.writeString(fresh, number + " " + HexFormat.of().formatHex(hash) + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty: this node has made none. @throws IllegalStateException where the file is something else */
    Optional<Head> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            String[] words = Files.readString(file).strip().split(" ");
            return Optional.of(new Head(Long.parseLong(words[0]), HexFormat.of().parseHex(words[1])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalStateException(NAME + " does not hold a checkpoint", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
