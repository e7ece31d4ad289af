package dev.objectos.server.json;

import dev.objectos.runtime.query.JsonDocument;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/** Puts a JSON answer together as bytes; what PostgreSQL built is copied as it is and never parsed. */
public final class JsonAnswer {

    private static final JsonMapper TREES = JsonMapper.builder().build();
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

    /** Bytes of an object without members. */
    private static final int EMPTY = 2;

    private byte[] bytes;
    private int length;
    private boolean comma;

    public JsonAnswer() {
        this(256);
    }

    /** @param capacity how many bytes are expected */
    public JsonAnswer(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** The bytes of a tree of maps, lists, texts, numbers and booleans. */
    public static byte[] tree(@Nullable Object tree) {
        return TREES.writeValueAsBytes(tree);
    }

    public JsonAnswer beginObject() {
        return begin('{');
    }

    public JsonAnswer endObject() {
        return end('}');
    }

    public JsonAnswer beginArray() {
        return begin('[');
    }

    public JsonAnswer endArray() {
        return end(']');
    }

    /** @param name plain ASCII that needs no escape */
    public JsonAnswer name(String name) {
        separate();
        append((byte) '"');
        append(name.getBytes(StandardCharsets.US_ASCII));
        append((byte) '"');
        append((byte) ':');
        comma = false;
        return this;
    }

    public JsonAnswer text(String text) {
        separate();
        append((byte) '"');
        append(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        append((byte) '"');
        comma = true;
        return this;
    }

    public JsonAnswer number(long number) {
        return raw(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    public JsonAnswer bool(boolean value) {
        return raw(value ? TRUE : FALSE);
    }

    /** JSON's null. */
    public JsonAnswer nothing() {
        return raw(NULL);
    }

    /** A complete value that was put together before. */
    public JsonAnswer embedded(JsonAnswer value) {
        return raw(value.bytes());
    }

    /** The same as bytes. */
    public JsonAnswer embedded(byte[] value) {
        return raw(value);
    }

    /** The members of an object, as members of the one that was begun. */
    public JsonAnswer members(JsonDocument object) {
        byte[] json = object.utf8();
        return json.length == EMPTY ? this : raw(Arrays.copyOfRange(json, 1, json.length - 1));
    }

    /** What was put together, as a document. */
    public JsonDocument toDocument() {
        return new JsonDocument(bytes());
    }

    public JsonAnswer document(JsonDocument document) {
        return raw(document.utf8());
    }

    /** A name and a text. */
    public JsonAnswer text(String name, String text) {
        return name(name).text(text);
    }

    /** A name and a tree of maps, lists, texts, numbers and booleans; nothing where the tree is null. */
    public JsonAnswer treeIfAny(String name, @Nullable Object tree) {
        return tree == null ? this : name(name).raw(tree(tree));
    }

    /** The bytes so far; they are a complete value once everything that was begun has ended. */
    public byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** How many bytes there are so far. */
    public int length() {
        return length;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }

    private JsonAnswer raw(byte[] value) {
        separate();
        append(value);
        comma = true;
        return this;
    }

    private JsonAnswer begin(char opening) {
        separate();
        append((byte) opening);
        comma = false;
        return this;
    }

    private JsonAnswer end(char closing) {
        append((byte) closing);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            append((byte) ',');
        }
    }

    private void append(byte one) {
        ensure(1);
        bytes[length++] = one;
    }

    private void append(byte[] many) {
        ensure(many.length);
        System.arraycopy(many, 0, bytes, length, many.length);
        length += many.length;
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
