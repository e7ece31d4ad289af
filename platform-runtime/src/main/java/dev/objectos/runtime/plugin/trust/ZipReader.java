package dev.objectos.runtime.plugin.trust;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks a zip in memory, and refuses every zip that two readers could understand differently: each byte of the file
 * belongs to exactly one entry, the directory or the end record, and what an entry says of itself is what the directory
 * says of it. The JDK's readers are lenient in this, each in another way.
 *
 * <p>Format: APPNOTE.TXT 6.3.10 without encryption, ZIP64, splitting and comments.
 */
final class ZipReader {

    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int HEADER = 0x02014b50;
    private static final int HEADER_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int DESCRIPTOR = 0x08074b50;

    private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
    private static final int DESCRIBED_AFTERWARDS = 1 << 3;
    private static final int UTF_8 = 1 << 11;
    private static final int COMPRESSION_LEVEL = 1 << 1 | 1 << 2;

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    /** Extra fields by which an entry would be of another size, another name, or encrypted. */
    private static final List<Integer> REINTERPRETING = List.of(0x0001, 0x0017, 0x6375, 0x7075, 0x9901);

    private final byte[] zip;
    private final ByteBuffer buffer;
    private final PackageLimits limits;

    /** What the directory says of an entry. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Header(String name, byte[] rawName, int flags, int method, int crc, int packed, int unpacked,
            int offset) {

        boolean isFolder() {
            return name.endsWith("/");
        }
    }

    private ZipReader(byte[] zip, PackageLimits limits) {
        this.zip = zip;
        this.buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    /**
     * The files, in the order of the directory; folders are checked and left out.
     *
     * @throws PackageRefusedException where the zip is not plain and whole, or too large
     */
    static Map<String, byte[]> read(byte[] zip, PackageLimits limits) {
        if (zip.length > limits.archive()) {
            throw PackageRefusedException
                    .tooLarge("the package is larger than the " + limits.archive() + " bytes allowed");
        }
        try {
            return new ZipReader(zip, limits).read();
        } catch (IndexOutOfBoundsException _) {
            throw PackageRefusedException.malformed("the zip is cut off or refers to places outside itself");
        }
    }

    private Map<String, byte[]> read() {
        int end = zip.length - END_LENGTH;
        if (end < 0 || buffer.getInt(end) != END) {
            throw PackageRefusedException.malformed(zip.length >= 4 && buffer.getInt(0) == LOCAL
                    ? "the zip does not end with its directory: it is cut off, or something was appended to it"
                    : "the file is no zip");
        }
        int count = u16(end + 10);
        int length = s32(end + 12);
        int start = s32(end + 16);
        if (u16(end + 4) != 0 || u16(end + 6) != 0 || u16(end + 8) != count || u16(end + 20) != 0) {
            throw PackageRefusedException.malformed("the zip is split, or has a comment");
        }
        if (count == 0xFFFF || length == -1 || start == -1) {
            throw PackageRefusedException.malformed("the zip is in the ZIP64 format, which no plugin needs");
        }
        if (start < 0 || length < 0 || (long) start + length != end) {
            throw PackageRefusedException.malformed(
                    "the zip's directory is not where its end says: something was put before or into the zip");
        }
        limits.checkCount(count);
        List<Header> headers = headers(start, end, count);
        EntryNames.checkTogether(headers.stream().map(Header::name).toList());
        return contents(headers, start);
    }

    private List<Header> headers(int start, int end, int count) {
        var headers = new ArrayList<Header>();
        int at = start;
        while (at < end) {
            if (headers.size() == count || buffer.getInt(at) != HEADER) {
                throw PackageRefusedException.malformed("the zip's directory does not hold the " + count
                        + " entries that its end names");
            }
            int nameLength = u16(at + 28);
            int extraLength = u16(at + 30);
            int next = at + HEADER_LENGTH + nameLength + extraLength + u16(at + 32);
            byte[] rawName = Arrays.copyOfRange(zip, at + HEADER_LENGTH, at + HEADER_LENGTH + nameLength);
            if (next > end) {
                throw PackageRefusedException.malformed("the zip's directory is cut off");
            }
            int flags = u16(at + 8);
            String name = decode(rawName, flags);
            EntryNames.check(name);
            checkKind(name, u16(at + 40));
            checkExtra(name, at + HEADER_LENGTH + nameLength, extraLength);
            if (u16(at + 34) != 0) {
                throw PackageRefusedException.malformed("the zip is split");
            }
            headers.add(checked(new Header(name, rawName, flags, u16(at + 10), s32(at + 16), s32(at + 20),
                    s32(at + 24), s32(at + 42))));
            at = next;
        }
        if (headers.size() != count) {
            throw PackageRefusedException
                    .malformed("the zip's directory does not hold the " + count + " entries that its end names");
        }
        return headers;
    }

    private Header checked(Header header) {
        String name = EntryNames.shown(header.name());
        if ((header.flags() & ENCRYPTED) != 0) {
            throw PackageRefusedException.malformed("the entry " + name + " is encrypted");
        }
        if ((header.flags() & ~(COMPRESSION_LEVEL | DESCRIBED_AFTERWARDS | UTF_8)) != 0) {
            throw PackageRefusedException.malformed("the entry " + name + " uses flags that no plugin needs");
        }
        if (header.method() != STORED && header.method() != DEFLATED) {
            throw PackageRefusedException.malformed("the entry " + name + " is packed by the unknown method "
                    + header.method());
        }
        if (header.packed() < 0 || header.unpacked() < 0 || header.offset() < 0) {
            throw PackageRefusedException.tooLarge("the entry " + name + " claims a size beyond every limit");
        }
        limits.checkEntry(name, header.packed(), header.unpacked());
        return header;
    }

    /** @param mode as Unix has it; 0 where the zip comes from elsewhere */
    private static void checkKind(String name, int mode) {
        int kind = mode & 0xF000;
        if (kind == 0xA000) {
            throw PackageRefusedException.malformed("the entry " + EntryNames.shown(name) + " is a symbolic link");
        }
        if (kind != 0 && kind != (name.endsWith("/") ? 0x4000 : 0x8000)) {
            throw PackageRefusedException
                    .malformed("the entry " + EntryNames.shown(name) + " is neither a file nor a folder");
        }
    }

    private void checkExtra(String name, int start, int length) {
        int at = start;
        while (at < start + length) {
            int size = u16(at + 2);
            if (REINTERPRETING.contains(u16(at)) || at + 4 + size > start + length) {
                throw PackageRefusedException.malformed("the entry " + EntryNames.shown(name)
                        + " has extra fields that change its name, size or content");
            }
            at += 4 + size;
        }
    }

    private static String decode(byte[] rawName, int flags) {
        boolean ascii = true;
        for (byte b : rawName) {
            ascii &= b >= 0;
        }
        if (!ascii && (flags & UTF_8) == 0) {
            throw PackageRefusedException.malformed("the name of an entry is not marked as UTF-8");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(rawName)).toString();
        } catch (CharacterCodingException _) {
            throw PackageRefusedException.malformed("the name of an entry is not UTF-8");
        }
    }

    /** Walks the entries as they lie in the file, each directly behind the one before. */
    private Map<String, byte[]> contents(List<Header> headers, int directory) {
        Map<String, byte[]> unpacked = new LinkedHashMap<>();
        int at = 0;
        long total = 0;
        for (Header header : headers.stream().sorted(Comparator.comparingInt(Header::offset)).toList()) {
            if (header.offset() != at) {
                throw PackageRefusedException.malformed(at == 0
                        ? "something stands before the first entry of the zip"
                        : "something stands between the entries of the zip, or they overlap");
            }
            total += header.unpacked();
            limits.checkTotal(total);
            int content = contentOf(header);
            byte[] bytes = unpack(header, content);
            if (!header.isFolder()) {
                unpacked.put(header.name(), bytes);
            } else if (bytes.length > 0) {
                throw PackageRefusedException
                        .malformed("the folder " + EntryNames.shown(header.name()) + " has a content");
            }
            at = content + header.packed() + descriptor(header, content + header.packed());
        }
        if (at != directory) {
            throw PackageRefusedException
                    .malformed("something stands between the entries of the zip and its directory");
        }
        Map<String, byte[]> ordered = new LinkedHashMap<>();
        headers.stream().filter(header -> !header.isFolder())
                .forEach(header -> ordered.put(header.name(), unpacked.getOrDefault(header.name(), new byte[0])));
        return ordered;
    }

    /** Where the packed bytes of an entry begin, once its own header has been found to agree with the directory. */
    private int contentOf(Header header) {
        int at = header.offset();
        int nameLength = u16(at + 26);
        int extraLength = u16(at + 28);
        boolean later = (header.flags() & DESCRIBED_AFTERWARDS) != 0;
        boolean same = buffer.getInt(at) == LOCAL && u16(at + 6) == header.flags() && u16(at + 8) == header.method()
                && Arrays.equals(zip, at + LOCAL_LENGTH, at + LOCAL_LENGTH + nameLength, header.rawName(), 0,
                        header.rawName().length)
                && agrees(at + 14, header.crc(), later) && agrees(at + 18, header.packed(), later)
                && agrees(at + 22, header.unpacked(), later);
        if (!same) {
            throw PackageRefusedException.malformed("the zip's directory and the entry "
                    + EntryNames.shown(header.name()) + " itself say different things");
        }
        checkExtra(header.name(), at + LOCAL_LENGTH + nameLength, extraLength);
        return at + LOCAL_LENGTH + nameLength + extraLength;
    }

    private boolean agrees(int at, int value, boolean later) {
        int written = buffer.getInt(at);
        return written == value || (later && written == 0);
    }

    /** The length of what follows the content of an entry that was written in one go. */
    private int descriptor(Header header, int at) {
        if ((header.flags() & DESCRIBED_AFTERWARDS) == 0) {
            return 0;
        }
        int signature = buffer.getInt(at) == DESCRIPTOR ? 4 : 0;
        int from = at + signature;
        if (buffer.getInt(from) != header.crc() || buffer.getInt(from + 4) != header.packed()
                || buffer.getInt(from + 8) != header.unpacked()) {
            throw PackageRefusedException.malformed("the zip's directory and the descriptor of the entry "
                    + EntryNames.shown(header.name()) + " say different things");
        }
        return signature + 12;
    }

    private byte[] unpack(Header header, int start) {
        byte[] bytes = new byte[header.unpacked()];
        if (start + (long) header.packed() > zip.length || !(header.method() == STORED
                ? copy(header, start, bytes)
                : inflate(header, start, bytes)) || crc(bytes) != header.crc()) {
            throw PackageRefusedException
                    .malformed("the content of the entry " + EntryNames.shown(header.name()) + " is damaged");
        }
        return bytes;
    }

    private boolean copy(Header header, int start, byte[] target) {
        if (header.packed() != header.unpacked()) {
            return false;
        }
        System.arraycopy(zip, start, target, 0, target.length);
        return true;
    }

    /** Whether the packed bytes, all of them, unpack to exactly the bytes announced. */
    private boolean inflate(Header header, int start, byte[] target) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(zip, start, header.packed());
            int filled = 0;
            while (filled < target.length) {
                int count = inflater.inflate(target, filled, target.length - filled);
                if (count == 0) {
                    return false;
                }
                filled += count;
            }
            return inflater.inflate(new byte[1]) == 0 && inflater.finished()
                    && inflater.getBytesRead() == header.packed();
        } catch (DataFormatException _) {
            return false;
        }
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private int u16(int at) {
        return Short.toUnsignedInt(buffer.getShort(at));
    }

    private int s32(int at) {
        return buffer.getInt(at);
    }
}
