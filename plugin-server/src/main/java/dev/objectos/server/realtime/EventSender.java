package dev.objectos.server.realtime;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Sends what waits for a client as server-sent events, until there will be nothing more. A client that does not read holds its
 * own thread alone, until the container gives up on it.
 */
public final class EventSender {

    private EventSender() {}

    /**
     * Returns when the client has got the last message, or the thread is interrupted.
     *
     * @param patience after which a silent stream is shown to be alive
     * @param heartbeat what is sent then; made before it is known that nothing waits
     */
    public static void send(Outgoing outgoing, HttpServletResponse response, Duration patience,
            Supplier<byte[]> heartbeat) throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache, no-transform");
        response.setHeader("X-Accel-Buffering", "no");
        OutputStream out = response.getOutputStream();
        try {
            while (!outgoing.isOver()) {
                byte[] alive = heartbeat.get();
                byte[] message = outgoing.next(patience);
                if (message != null || !outgoing.isOver()) {
                    out.write(message == null ? alive : message);
                    out.flush();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
