package dev.objectos.runtime.spi;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Requests to the hosts that the plugin's manifest names under {@code permissions.network}, once an administrator has approved
 * that. An entry without a port stands for {@code https} at 443; one with a port for {@code http} and {@code https} there.
 */
public interface PluginHttp {

    /**
     * Sends a request and waits for the whole answer. Up to five redirects are followed, to approved hosts alone; what follows
     * to another host carries no headers but those that describe the body and what is accepted.
     *
     * @param request its body must say how long it is; its time-out counts where it is shorter than the server's
     * @return the answer, whatever its status
     * @throws dev.objectos.runtime.PlatformException {@code PERMISSION_DENIED} where the host is not approved, or is one of a
     *         private network; {@code PAYLOAD_TOO_LARGE} where the body is
     * @throws java.net.http.HttpTimeoutException where the answer is not there in time
     * @throws IOException where the host cannot be reached, or answers with too much
     */
    HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException;
}
