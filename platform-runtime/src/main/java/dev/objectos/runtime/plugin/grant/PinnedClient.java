package dev.objectos.runtime.plugin.grant;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Asks web servers at the very addresses that were looked at, and never looks a name up itself: between two look-ups a name can
 * be moved. The name is what {@code Host} says and what the certificate must prove. Follows no redirects.
 */
final class PinnedClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 200;

    /** Of the server's own making, so that none keeps a plugin's class loader. */
    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon()
            .inheritInheritableThreadLocals(false).name("objectos-plugin-http-", 1).factory());
    private final CloseableHttpClient client = HttpClients.custom().setUserAgent("ObjectOS")
            .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS / 4).setDefaultConnectionConfig(
                            ConnectionConfig.custom().setConnectTimeout(Timeout.of(CONNECT)).build())
                    .build())
            .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching()
            .disableContentCompression().build();

    /**
     * Asks the first of the addresses that can be reached.
     *
     * @param body of the request; null: none
     * @param largest body of an answer
     * @param deadline by {@link System#nanoTime()}
     */
    HttpResponse<byte[]> exchange(HttpRequest request, byte @Nullable [] body, List<InetAddress> addresses,
            long largest, long deadline) throws IOException, InterruptedException {
        IOException unreachable = null;
        for (InetAddress address : addresses) {
            try {
                return exchange(request, body, address, largest, deadline);
            } catch (ConnectException | NoRouteToHostException e) {
                unreachable = e;
            }
        }
        throw unreachable != null ? unreachable : new ConnectException(ApprovedHost.shown(request.uri()));
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, byte @Nullable [] body, InetAddress address,
            long largest, long deadline) throws IOException, InterruptedException {
        var asking = new HttpUriRequestBase(request.method(), request.uri());
        request.headers().map().forEach((name, values) -> values.forEach(value -> asking.addHeader(name, value)));
        if (body != null) {
            asking.setEntity(new ByteArrayEntity(body, null));
        }
        var host = new HttpHost(ApprovedHost.isTls(request.uri()) ? "https" : "http", address,
                ApprovedHost.nameOf(request.uri()), ApprovedHost.portOf(request.uri()));
        Future<HttpResponse<byte[]>> answer = threads
                .submit(() -> client.execute(host, asking, response -> answer(request, response, largest)));
        boolean done = false;
        try {
            HttpResponse<byte[]> received = answer.get(Math.max(0, deadline - System.nanoTime()),
                    TimeUnit.NANOSECONDS);
            done = true;
            return received;
        } catch (TimeoutException _) {
            throw new HttpTimeoutException(ApprovedHost.shown(request.uri()) + " has not answered in time");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failure
                    ? failure
                    : new IOException(ApprovedHost.shown(request.uri()) + " could not be asked", e.getCause());
        } finally {
            if (!done) {
                // Nothing else wakes a thread that waits for bytes.
                asking.cancel();
                answer.cancel(true);
            }
        }
    }

    private static HttpResponse<byte[]> answer(HttpRequest request, ClassicHttpResponse response, long largest)
            throws IOException {
        var headers = new LinkedHashMap<String, List<String>>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), _ -> new ArrayList<>()).add(header.getValue());
        }
        HttpEntity entity = response.getEntity();
        return new ReceivedAnswer(request, response.getCode(), HttpHeaders.of(headers, (_, _) -> true),
                entity == null ? new byte[0] : read(request, entity, largest));
    }

    private static byte[] read(HttpRequest request, HttpEntity entity, long largest) throws IOException {
        try (InputStream content = entity.getContent()) {
            if (content == null) {
                return new byte[0];
            }
            byte[] body = content.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, largest + 1));
            if (body.length > largest) {
                throw new IOException(ApprovedHost.shown(request.uri()) + " answers with more than " + largest
                        + " bytes (objectos.plugins.http.largest-answer)");
            }
            return body;
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
        threads.shutdownNow();
    }
}
