package dev.objectos.auth.password;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Lines in the order of their bytes, of which one is found without reading the others. */
final class SortedLines {

    private final MemorySegment text;
    private final char separator;

    /** @param separator ends what lines are known by, as the end of the line does */
    SortedLines(MemorySegment text, char separator) {
        this.text = text;
        this.separator = separator;
    }

    boolean contains(byte[] key) {
        long low = 0;
        long high = text.byteSize();
        while (low < high) {
            long line = begin(low + (high - low) / 2, low);
            int order = compare(line, key);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = end(line) + 1;
            } else {
                high = line;
            }
        }
        return false;
    }

    /** Where the line begins that has this place. */
    private long begin(long place, long least) {
        long begin = place;
        while (begin > least && at(begin - 1) != '\n') {
            begin--;
        }
        return begin;
    }

    private long end(long place) {
        long end = place;
        while (end < text.byteSize() && at(end) != '\n') {
            end++;
        }
        return end;
    }

    private int compare(long line, byte[] key) {
        for (int i = 0; i < key.length; i++) {
            if (endsAt(line + i)) {
                return -1;
            }
            int order = at(line + i) - Byte.toUnsignedInt(key[i]);
            if (order != 0) {
                return order;
            }
        }
        return endsAt(line + key.length) ? 0 : 1;
    }

    private boolean endsAt(long place) {
        return place == text.byteSize() || at(place) == '\n' || at(place) == '\r' || at(place) == separator;
    }

    private int at(long place) {
        return Byte.toUnsignedInt(text.get(ValueLayout.JAVA_BYTE, place));
    }
}
