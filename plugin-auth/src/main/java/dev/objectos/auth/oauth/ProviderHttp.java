package dev.objectos.auth.oauth;

import dev.objectos.auth.provider.SafeAddress;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks providers, by addresses that the configuration or the provider's own metadata names: no redirects, no patience, no big answers. */
public final class ProviderHttp implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProviderHttp.class);
    private static final int MAX_BYTES = 1 << 20;
    private static final int SERVER_ERROR = 500;
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final HttpClient client = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT).build();

    /** What a provider has answered, where it is well; refusals too. */
    record Answer(int status, JsonNode json) {

        boolean succeeded() {
            return status >= 200 && status < 300;
        }

        /** The text of a member; null where there is none. */
        @Nullable
        String text(String member) {
            JsonNode value = json.path(member);
            return value.isValueNode() && !value.isNull() ? value.asString() : null;
        }
    }

    /** @throws PlatformException {@code UNAVAILABLE} where no answer comes that can be understood */
    Answer get(OAuthProvider provider, URI address, String... headers) {
        return send(provider, request(provider, address, headers).GET());
    }

    /** The same with a form. */
    Answer post(OAuthProvider provider, URI address, Map<String, String> form, String... headers) {
        return send(provider, request(provider, address, headers)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form(form))));
    }

    /** Names and values as a form or an address carries them. */
    static String form(Map<String, String> values) {
        return values.entrySet().stream().map(value -> encoded(value.getKey()) + "=" + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** An address with more parameters. */
    static URI with(URI address, Map<String, String> parameters) {
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + form(parameters));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static HttpRequest.Builder request(OAuthProvider provider, URI address, String... headers) {
        if (!SafeAddress.is(address)) {
            throw unavailable(provider, "names an address without TLS", null);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(provider.timeout())
                .header("Accept", "application/json").header("User-Agent", "ObjectOS");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private Answer send(OAuthProvider provider, HttpRequest.Builder request) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request.build(),
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_BYTES));
        try {
            HttpResponse<byte[]> response = answer.get(provider.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() >= SERVER_ERROR) {
                throw unavailable(provider, "answers with status " + response.statusCode(), null);
            }
            return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(provider, "was not waited for", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw unavailable(provider, "does not answer in time", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw unavailable(provider, cause instanceof IOException ? "cannot be reached" : "cannot be asked", cause);
        } catch (JacksonException e) {
            throw unavailable(provider, "answers with something other than JSON", e);
        }
    }

    /** The log says why; the caller, who can do nothing about it, learns that it is not their fault. */
    static PlatformException unavailable(OAuthProvider provider, String why, @Nullable Throwable cause) {
        LOG.warn("The provider {} {}{}", provider.name(), why, cause == null ? "" : ": " + cause);
        String message = provider.label() + " cannot be asked at the moment who you are; try again later";
        return cause == null
                ? new PlatformException(RuntimeError.UNAVAILABLE, message)
                : new PlatformException(RuntimeError.UNAVAILABLE, message, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
