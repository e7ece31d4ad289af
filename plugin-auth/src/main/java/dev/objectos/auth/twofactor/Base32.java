package dev.objectos.auth.twofactor;

/** Bytes as people type them into authenticators: RFC 4648, without padding. */
final class Base32 {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;

    private Base32() {}

    static String encode(byte[] bytes) {
        var text = new StringBuilder();
        int buffer = 0;
        int held = 0;
        for (byte next : bytes) {
            buffer = (buffer << Byte.SIZE | Byte.toUnsignedInt(next)) & 0xfff;
            held += Byte.SIZE;
            while (held >= BITS) {
                held -= BITS;
                text.append(ALPHABET.charAt(buffer >> held & 31));
            }
        }
        if (held > 0) {
            text.append(ALPHABET.charAt(buffer << (BITS - held) & 31));
        }
        return text.toString();
    }

    /** @throws IllegalArgumentException for other characters */
    static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * BITS / Byte.SIZE];
        int buffer = 0;
        int held = 0;
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("not Base32");
            }
            buffer = (buffer << BITS | value) & 0xfff;
            held += BITS;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes[written++] = (byte) (buffer >> held);
            }
        }
        return bytes;
    }
}
