package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

/** Counts and digests what passes, keeps its beginning, and ends with a refusal where it is too much. */
final class MeasuredStream extends FilterInputStream {

    private final MessageDigest digest;
    private final long limit;
    private final Supplier<PlatformException> tooMuch;
    private final byte[] head = new byte[ContentSniffer.HEAD];
    private long count;
    private boolean broken;

    /** @param limit most bytes */
    MeasuredStream(InputStream content, long limit) {
        this(content, limit, () -> tooLarge(limit));
    }

    /** @param tooMuch the refusal of more bytes than that */
    MeasuredStream(InputStream content, long limit, Supplier<PlatformException> tooMuch) {
        super(content);
        this.limit = limit;
        this.tooMuch = tooMuch;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = pass(into, from, length);
        if (got > 0) {
            if (count < head.length) {
                System.arraycopy(into, from, head, (int) count, (int) Math.min(got, head.length - count));
            }
            count += got;
            if (count > limit) {
                throw tooMuch.get();
            }
            digest.update(into, from, got);
        }
        return got;
    }

    private int pass(byte[] into, int from, int length) throws IOException {
        try {
            return in.read(into, from, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
    }

    @Override
    public long skip(long bytes) {
        throw new UnsupportedOperationException("everything is measured");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    long count() {
        return count;
    }

    /** Whether the content could not be read to its end. */
    boolean broken() {
        return broken;
    }

    /** Ask once, at the end. */
    byte[] sha256() {
        return digest.digest();
    }

    byte[] head() {
        return java.util.Arrays.copyOf(head, (int) Math.min(count, head.length));
    }

    static PlatformException tooLarge(long limit) {
        return new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "The file has more than " + limit + " bytes");
    }
}
