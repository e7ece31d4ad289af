package dev.objectos.auth.link;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says where clients may have people sent on: to paths of this server, and to origins that the settings name. */
public final class TrustedOrigins {

    private static final int LONGEST = 2_000;

    private final Set<String> origins;

    public TrustedOrigins(LinkProperties properties) {
        origins = Stream.concat(Stream.ofNullable(properties.publicUrl()), properties.trustedOrigins().stream())
                .map(TrustedOrigins::origin).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Lets an address pass.
     *
     * @param wanted null or blank: none
     * @param field that brought it
     * @return null: none was wanted
     * @throws PlatformException {@code VALIDATION_FAILED} for one that leads elsewhere
     */
    public @Nullable String require(@Nullable String wanted, String field) {
        if (wanted == null || wanted.isBlank()) {
            return null;
        }
        if (!trusted(wanted)) {
            String message = field + " must be a path of this server, such as /welcome, or an address at one of the "
                    + "origins that objectos.auth.trusted-origins names";
            throw new PlatformException(RuntimeError.VALIDATION_FAILED, message)
                    .withFields(List.of(new FieldError(field, "untrusted", message)));
        }
        return wanted;
    }

    private boolean trusted(String wanted) {
        // Browsers take a backslash for a slash and leave out control characters; URI refuses both, and spaces.
        if (wanted.length() > LONGEST) {
            return false;
        }
        try {
            URI url = new URI(wanted);
            if (url.getScheme() == null) {
                return url.getRawAuthority() == null && wanted.startsWith("/") && !wanted.startsWith("//");
            }
            return url.getHost() != null && url.getUserInfo() == null && origins.contains(origin(url));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : -1;
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }
}
