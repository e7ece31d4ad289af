package dev.objectos.auth.password;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that are known from breaches elsewhere, in a file as Have I Been Pwned gives it: a line for each, the SHA-1 in hexadecimal
 * digits, a colon and a number, in the order of the digests. The file is searched where it is, however large; it goes on being read
 * until the server stops, so that another one takes its place by being moved there.
 */
public final class BreachedPasswords {

    private static final Pattern LINE = Pattern.compile("[0-9A-F]{40}[:\r\n].*", Pattern.DOTALL);
    private static final int DIGITS = 41;

    private final @Nullable SortedLines digests;

    private BreachedPasswords(@Nullable SortedLines digests) {
        this.digests = digests;
    }

    /**
     * Those of a file.
     *
     * @param file null: none are known
     * @throws IllegalArgumentException where it cannot be read, or has another form
     */
    public static BreachedPasswords in(@Nullable Path file) {
        if (file == null) {
            return new BreachedPasswords(null);
        }
        try (var channel = FileChannel.open(file)) {
            var first = ByteBuffer.allocate(DIGITS);
            channel.read(first, 0);
            if (!LINE.matcher(new String(first.array(), StandardCharsets.US_ASCII)).matches()) {
                throw new IllegalArgumentException(file + ", which objectos.auth.password.breached-file names, does "
                        + "not begin with a SHA-1 in upper-case hexadecimal digits; take the file that is ordered by "
                        + "SHA-1");
            }
            return new BreachedPasswords(new SortedLines(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto()), ':'));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file + ", which objectos.auth.password.breached-file names, cannot be read: " + e.getMessage(), e);
        }
    }

    public boolean contains(String password) {
        return digests != null && digests.contains(digest(password).getBytes(StandardCharsets.US_ASCII));
    }

    private static String digest(String password) {
        try {
            return HexFormat.of().withUpperCase().formatHex(
                    MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
