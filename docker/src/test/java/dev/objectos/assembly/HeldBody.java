package dev.objectos.assembly;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The body of a request that is under way for as long as a test likes: its second half waits. */
final class HeldBody {

    private final byte[] text;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldBody(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    BodyPublisher publisher() {
        int half = text.length / 2;
        return BodyPublishers.ofInputStream(() -> new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(text, 0, half), new Rest(half)))));
    }

    /** Until the half that waits is wanted: with {@code Expect: 100-continue}, once the server reads the request. */
    void awaitBegun() throws InterruptedException {
        if (!begun.await(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The request did not begin");
        }
    }

    void release() {
        released.countDown();
    }

    private final class Rest extends InputStream {

        private int next;

        Rest(int from) {
            next = from;
        }

        @Override
        public int read() throws IOException {
            begun.countDown();
            try {
                if (!released.await(60, TimeUnit.SECONDS)) {
                    throw new IOException("never released");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
            return next < text.length ? text[next++] & 0xff : -1;
        }
    }
}
