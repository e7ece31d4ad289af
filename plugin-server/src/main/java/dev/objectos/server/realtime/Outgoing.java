package dev.objectos.server.realtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What waits to be sent to one client, up to a number and size: whoever does not keep up is let go rather than remembered. */
public final class Outgoing {

    private final int most;
    private final long mostBytes;
    private final Deque<byte[]> messages = new ArrayDeque<>();
    private long bytes;
    private boolean closed;

    public Outgoing(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** @return false: it does not fit any more */
    public synchronized boolean add(byte[] message) {
        if (closed) {
            return true;
        }
        // One alone always fits, however large.
        if (messages.size() >= most || (!messages.isEmpty() && bytes + message.length > mostBytes)) {
            return false;
        }
        put(message);
        return true;
    }

    private void put(byte[] message) {
        messages.add(message);
        bytes += message.length;
        notifyAll();
    }

    /** The next message; null where there is none within that time, or there will be none. */
    public synchronized byte @Nullable [] next(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (messages.isEmpty() && !closed) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            wait(Math.max(1, left / 1_000_000));
        }
        byte[] message = messages.poll();
        if (message != null) {
            bytes -= message.length;
        }
        return message;
    }

    /** Whether there will be nothing any more. */
    public synchronized boolean isOver() {
        return closed && messages.isEmpty();
    }

    /**
     * Ends it with a last message.
     *
     * @param drop whether what waits is not sent any more
     */
    public synchronized void close(byte[] last, boolean drop) {
        if (closed) {
            return;
        }
        if (drop) {
            messages.clear();
            bytes = 0;
        }
        put(last);
        closed = true;
    }
}
