package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.PluginHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The way of one plugin to the network: every address is looked at, and then that one is asked; those of redirects too. */
final class GrantedHttp implements PluginHttp {

    private static final int MOST_REDIRECTS = 5;

    /** What may go along to another host; a key in a header of the plugin's own must not. */
    private static final Set<String> HARMLESS = Set.of("accept", "accept-encoding", "accept-language",
            "content-encoding",
            "content-language", "content-type", "user-agent");

    private final PinnedClient client;
    private final Reach reach;
    private final Supplier<HttpProperties> limits;
    private final HttpMeters meters;

    GrantedHttp(PinnedClient client, Reach reach, Supplier<HttpProperties> limits, HttpMeters meters) {
        this.client = client;
        this.reach = reach;
        this.limits = limits;
        this.meters = meters;
    }

    @Override
    public HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        String outcome = "failed";
        try {
            // A copy, for a request of the plugin's own making could name another address each time it is asked.
            HttpResponse<byte[]> answer = follow(HttpRequest.newBuilder(request, (_, _) -> true).build());
            outcome = answer.statusCode() / 100 + "xx";
            return answer;
        } catch (PlatformException e) {
            outcome = "refused";
            throw e;
        } catch (HttpTimeoutException e) {
            outcome = "timeout";
            throw e;
        } finally {
            meters.sent(outcome, System.nanoTime() - begun);
        }
    }

    private HttpResponse<byte[]> follow(HttpRequest first) throws IOException, InterruptedException {
        Duration longest = limits.get().timeout();
        Duration limit = first.timeout().filter(own -> own.compareTo(longest) < 0).orElse(longest);
        long deadline = System.nanoTime() + limit.toNanos();
        HttpRequest request = first;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            HttpResponse<byte[]> answer = exchange(request, deadline);
            Optional<URI> next = target(answer);
            if (next.isEmpty()) {
                return answer;
            }
            reach.require(next.get());
            request = redirected(request, answer.statusCode(), next.get());
        }
        throw new IOException(ApprovedHost.shown(first.uri()) + " redirects more than " + MOST_REDIRECTS + " times");
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, long deadline) throws IOException, InterruptedException {
        List<InetAddress> addresses = reach.require(request.uri());
        Optional<BodyPublisher> body = request.bodyPublisher();
        return client.exchange(request, body.isPresent() ? bytes(body.get()) : null, addresses,
                limits.get().largestAnswer().toBytes(), deadline);
    }

    private byte[] bytes(BodyPublisher body) throws IOException {
        long size = body.contentLength();
        long largest = limits.get().largestRequest().toBytes();
        if (size < 0 || size > largest) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, size < 0
                    ? "The body of a request must say how long it is; send bytes or a text"
                    : "A plugin sends at most " + largest
                            + " bytes in a request (objectos.plugins.http.largest-request)");
        }
        return SentBody.of(body);
    }

    private static Optional<URI> target(HttpResponse<byte[]> answer) throws IOException {
        int status = answer.statusCode();
        Optional<String> location = answer.headers().firstValue("Location");
        if (location.isEmpty() || !(status == 307 || status == 308 || status >= 301 && status <= 303)) {
            return Optional.empty();
        }
        URI next;
        try {
            next = answer.uri().resolve(URI.create(location.get()));
        } catch (IllegalArgumentException e) {
            throw new IOException(ApprovedHost.shown(answer.uri()) + " redirects to what is no address", e);
        }
        if (ApprovedHost.isTls(answer.uri()) && !ApprovedHost.isTls(next)) {
            throw new IOException(ApprovedHost.shown(answer.uri()) + " redirects from https to http");
        }
        return Optional.of(next);
    }

    private static HttpRequest redirected(HttpRequest before, int status, URI next) {
        boolean same = ApprovedHost.shown(before.uri()).equals(ApprovedHost.shown(next));
        boolean bodiless = status == 303 && !before.method().equals("HEAD")
                || (status == 301 || status == 302) && before.method().equals("POST");
        HttpRequest.Builder request = HttpRequest
                .newBuilder(before, (name, _) -> travels(name.toLowerCase(Locale.ROOT), same, bodiless)).uri(next);
        return bodiless ? request.method("GET", BodyPublishers.noBody()).build() : request.build();
    }

    private static boolean travels(String header, boolean same, boolean bodiless) {
        return (same || HARMLESS.contains(header)) && !(bodiless && header.startsWith("content-"));
    }
}
