package dev.objectos.runtime.sql;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON in the making: UTF-8 to which further bytes are added. */
final class JsonBytes {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size;

    /** @param expected how many bytes it may come to; more are no harm */
    JsonBytes(int expected) {
        bytes = new byte[expected];
    }

    /** A text as a JSON string. */
    static byte[] quoted(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new JsonBytes(utf8.length + 2).string(utf8).toArray();
    }

    int size() {
        return size;
    }

    /** Begins anew. */
    JsonBytes clear() {
        size = 0;
        return this;
    }

    /** Makes room for values of so many bytes, and for what stands around them. */
    void expect(int more) {
        room(more + more / 8);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }

    JsonBytes raw(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
        return this;
    }

    JsonBytes raw(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** A string of that UTF-8 text (RFC 8259, section 7). */
    JsonBytes string(byte[] text) {
        room(text.length + 2);
        bytes[size++] = '"';
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            byte b = text[i];
            // Bytes of characters beyond ASCII are negative.
            if (b == '"' || b == '\\' || b >= 0 && b < ' ') {
                copy(text, from, i);
                escaped(b);
                from = i + 1;
            }
        }
        copy(text, from, text.length);
        return raw('"');
    }

    /** PostgreSQL's form of an instant in UTC, as RFC 3339 has it; what is none, such as a date, is a string. */
    JsonBytes instant(byte[] text) {
        int date = 0;
        while (date < text.length && text[date] != ' ') {
            date++;
        }
        if (date == text.length) {
            return string(text);
        }
        raw('"');
        copy(text, 0, date);
        raw('T');
        // The zone is always +00.
        copy(text, date + 1, text.length - 3);
        return raw('Z').raw('"');
    }

    private void copy(byte[] text, int from, int to) {
        room(to - from);
        System.arraycopy(text, from, bytes, size, to - from);
        size += to - from;
    }

    private void escaped(byte character) {
        raw('\\');
        switch (character) {
            case '"', '\\' -> raw((char) character);
            case '\b' -> raw('b');
            case '\f' -> raw('f');
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> raw('u').raw('0').raw('0').raw((char) HEX[character >> 4]).raw((char) HEX[character & 15]);
        }
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }
}
