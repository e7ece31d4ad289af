package dev.objectos.auth;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where this server is for people's browsers, and where it may send them on to. */
public final class PublicAddress {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1",
            "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]");

    private final @Nullable String configured;
    private final Set<String> trusted;

    public PublicAddress(AuthProperties properties) {
        URI url = properties.publicUrl();
        this.configured = url == null ? null : url.toString().replaceAll("/+$", "");
        this.trusted = properties.trustedOrigins().stream().map(origin -> origin(URI.create(origin)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The address of this server without a slash at its end. What a request says of it is believed only of this very machine, for
     * whoever sends the request chooses it.
     *
     * @throws PlatformException {@code UNAVAILABLE} where it is not configured
     */
    public String of(HttpServletRequest request) {
        if (configured != null) {
            return configured;
        }
        String host = request.getServerName().toLowerCase(Locale.ROOT);
        if (!THIS_MACHINE.contains(host)) {
            throw new PlatformException(RuntimeError.UNAVAILABLE,
                    "The server does not know its own address; an administrator has to set objectos.auth.public-url");
        }
        return request.getScheme() + "://" + (host.contains(":") && !host.startsWith("[") ? '[' + host + ']' : host)
                + ':' + request.getServerPort();
    }

    /**
     * Where somebody is to be sent on to, if that is a path of ours or a trusted site.
     *
     * @param wanted null: to the start page
     * @param field of the request that brought it
     * @throws PlatformException {@code VALIDATION_FAILED} naming the field
     */
    public String target(@Nullable String wanted, String field, HttpServletRequest request) {
        if (wanted == null || wanted.isEmpty()) {
            return "/";
        }
        try {
            URI url = new URI(wanted);
            boolean path = !url.isAbsolute() && url.getRawAuthority() == null && wanted.startsWith("/")
                    && !wanted.startsWith("//");
            boolean site = url.isAbsolute() && url.getHost() != null && url.getRawUserInfo() == null
                    && (trusted.contains(origin(url)) || origin(url).equals(origin(URI.create(of(request)))));
            if (path || site) {
                return url.toASCIIString();
            }
        } catch (URISyntaxException _) {
            // Refused below.
        }
        String message = field
                + " has to be a path of this server, or of a site listed in objectos.auth.trusted-origins";
        throw PlatformException.validation(List.of(new FieldError(field, "untrusted", message)));
    }

    /**
     * The same for somebody who need not be sent on at all.
     *
     * @param wanted null or blank: nowhere, which is answered by null
     */
    public @Nullable String targetOrNone(@Nullable String wanted, String field, HttpServletRequest request) {
        return wanted == null || wanted.isBlank() ? null : target(wanted, field, request);
    }

    private static String origin(URI url) {
        String scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
        int standard = switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
        int port = url.getPort() == -1 ? standard : url.getPort();
        return scheme + "://" + Objects.requireNonNullElse(url.getHost(), "").toLowerCase(Locale.ROOT) + ':' + port;
    }
}
