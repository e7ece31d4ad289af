package dev.objectos.server.realtime;

import dev.objectos.runtime.ErrorKind;
import dev.objectos.runtime.PlatformException;
import org.springframework.web.socket.CloseStatus;

/** By which codes a WebSocket says why it closes; those from 4000 on follow HTTP's. */
final class SocketEnds {

    private SocketEnds() {}

    static CloseStatus status(PlatformException because) {
        ErrorKind kind = because.code().kind();
        return switch (kind) {
            case UNAUTHENTICATED -> new CloseStatus(4401, "sign in");
            case DENIED -> new CloseStatus(4403, "not permitted");
            case LIMIT -> new CloseStatus(4429, FeedConnection.isTooSlow(because) ? "too slow" : "too many");
            case UNAVAILABLE -> "shutdown".equals(because.members().get("reason"))
                    ? CloseStatus.GOING_AWAY
                    : CloseStatus.SERVICE_RESTARTED;
            case INTERNAL -> CloseStatus.SERVER_ERROR;
            case USER, NOT_FOUND, CONFLICT, TOO_LARGE, UNPROCESSABLE -> new CloseStatus(4400, "not understood");
        };
    }
}
