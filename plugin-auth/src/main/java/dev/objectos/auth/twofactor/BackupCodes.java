package dev.objectos.auth.twofactor;

import dev.objectos.auth.token.Tokens;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Codes to print and keep, each for one use: 79 random bits, so that their digests cannot be guessed backwards. */
final class BackupCodes {

    private static final int CODES = 10;
    private static final int GROUPS = 4;
    private static final int GROUP = 4;

    /** Without what is easily taken for something else. */
    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private static final SecureRandom RANDOM = new SecureRandom();

    private BackupCodes() {}

    static List<String> make() {
        return Stream.generate(BackupCodes::one).limit(CODES).toList();
    }

    private static String one() {
        return IntStream.range(0, GROUPS)
                .mapToObj(_ -> RANDOM.ints(GROUP, 0, ALPHABET.length()).mapToObj(i -> ALPHABET.substring(i, i + 1))
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("-"));
    }

    /** What is stored of a code, however somebody has typed it. */
    static byte[] digest(UUID account, String code) {
        return Tokens.digest(account + " " + code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", ""));
    }

    static List<byte[]> digests(UUID account, List<String> codes) {
        return codes.stream().map(code -> digest(account, code)).toList();
    }
}
