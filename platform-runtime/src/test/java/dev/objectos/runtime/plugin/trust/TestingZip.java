package dev.objectos.runtime.plugin.trust;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips byte by byte, so that a test can make each of them lie in its own way. */
final class TestingZip {

    private final List<Part> parts = new ArrayList<>();
    byte[] before = {};
    byte[] beforeDirectory = {};
    byte[] after = {};
    int claimedEntries;
    boolean offsetsFromTheVeryStart;

    /** One entry, and what its two headers say of it. */
    static final class Part {

        String name;
        String localName;
        byte[] content;
        int flags = 1 << 11;
        int localFlags = 1 << 11;
        int method = 8;
        int mode;
        byte[] extra = {};
        int claimedSize = -1;
        int crcChange;
        byte[] trailer = {};

        Part(String name, byte[] content) {
            this.name = name;
            this.localName = name;
            this.content = content;
        }
    }

    static TestingZip of(Map<String, byte[]> files) {
        var zip = new TestingZip();
        files.forEach(zip::add);
        return zip;
    }

    Part add(String name, byte[] content) {
        var part = new Part(name, content);
        parts.add(part);
        return part;
    }

    Part add(String name, String content) {
        return add(name, content.getBytes(StandardCharsets.UTF_8));
    }

    TestingZip with(String name, String content) {
        add(name, content);
        return this;
    }

    TestingZip with(String name, Consumer<Part> change) {
        change.accept(add(name, "x"));
        return this;
    }

    TestingZip changed(Consumer<TestingZip> change) {
        change.accept(this);
        return this;
    }

    Part part(String name) {
        return parts.stream().filter(part -> part.name.equals(name)).findFirst().orElseThrow();
    }

    TestingZip without(String name) {
        parts.removeIf(part -> part.name.equals(name));
        return this;
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        var directory = new ByteArrayOutputStream();
        out.writeBytes(before);
        for (Part part : parts) {
            byte[] packed = part.method == 8 ? deflate(part.content) : part.content;
            int size = part.claimedSize < 0 ? part.content.length : part.claimedSize;
            int crc = crc(part.content) + part.crcChange;
            int offset = out.size() - displacement();
            byte[] localName = part.localName.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(buffer(30).putInt(0x04034b50).putShort((short) 20).putShort((short) part.localFlags)
                    .putShort((short) part.method).putInt(0).putInt(crc).putInt(packed.length).putInt(size)
                    .putShort((short) localName.length).putShort((short) part.extra.length).array());
            out.writeBytes(localName);
            out.writeBytes(part.extra);
            out.writeBytes(packed);
            out.writeBytes(part.trailer);
            byte[] name = part.name.getBytes(StandardCharsets.UTF_8);
            directory.writeBytes(buffer(46).putInt(0x02014b50).putShort((short) (3 << 8 | 20)).putShort((short) 20)
                    .putShort((short) part.flags).putShort((short) part.method).putInt(0).putInt(crc)
                    .putInt(packed.length).putInt(size).putShort((short) name.length)
                    .putShort((short) part.extra.length).putShort((short) 0).putShort((short) 0).putShort((short) 0)
                    .putInt(part.mode << 16).putInt(offset).array());
            directory.writeBytes(name);
            directory.writeBytes(part.extra);
        }
        out.writeBytes(beforeDirectory);
        int start = out.size() - displacement();
        int count = parts.size() + claimedEntries;
        out.writeBytes(directory.toByteArray());
        out.writeBytes(buffer(22).putInt(0x06054b50).putInt(0).putShort((short) count).putShort((short) count)
                .putInt(directory.size()).putInt(start).putShort((short) 0).array());
        out.writeBytes(after);
        return out.toByteArray();
    }

    /** By how much the offsets are wrong. */
    private int displacement() {
        return offsetsFromTheVeryStart ? 0 : before.length;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return (int) crc.getValue();
    }

    private static byte[] deflate(byte[] content) {
        var deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        byte[] chunk = new byte[8192];
        while (!deflater.finished()) {
            out.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        return out.toByteArray();
    }
}
