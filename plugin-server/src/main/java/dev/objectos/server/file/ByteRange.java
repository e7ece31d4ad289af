package dev.objectos.server.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One range of bytes that a request asks for (RFC 9110, 14.2).
 *
 * @param first its first byte, from 0
 * @param last its last byte; before the first: the range has no bytes, and cannot be satisfied
 */
record ByteRange(long first, long last) {

    private static final Pattern SINGLE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*",
            Pattern.CASE_INSENSITIVE);

    boolean satisfiable() {
        return first <= last;
    }

    long length() {
        return last - first + 1;
    }

    /**
     * Empty where the whole is to be sent: nothing is asked for, or what no server has to understand, such as several ranges.
     *
     * @param header the field {@code Range}
     * @param size of the whole
     */
    static Optional<ByteRange> of(@Nullable String header, long size) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher single = SINGLE.matcher(header);
        if (!single.matches() || (single.group(1).isEmpty() && single.group(2).isEmpty())) {
            return Optional.empty();
        }
        if (single.group(1).isEmpty()) {
            long suffix = Long.parseLong(single.group(2));
            return Optional.of(new ByteRange(suffix == 0 ? size : Math.max(0, size - suffix), size - 1));
        }
        long first = Long.parseLong(single.group(1));
        long last = single.group(2).isEmpty() ? size - 1 : Long.parseLong(single.group(2));
        if (last < first && !single.group(2).isEmpty()) {
            return Optional.empty(); // no range at all
        }
        return Optional.of(new ByteRange(first, Math.min(last, size - 1)));
    }
}
