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
        if (!fits(message)) {
            return false;
        }
        append(message);
        return true;
    }

    /** Adds it as soon as it fits; nothing where there will be no room any more. */
    public synchronized void await(byte[] message) throws InterruptedException {
        while (!closed && !fits(message)) {
            wait();
        }
        if (!closed) {
            append(message);
        }
    }

    /** One alone always fits, however large. */
    private boolean fits(byte[] message) {
        return messages.isEmpty() || (messages.size() < most && bytes + message.length <= mostBytes);
    }

    private void append(byte[] message) {
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
            notifyAll();
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
        append(last);
        closed = true;
    }
}
