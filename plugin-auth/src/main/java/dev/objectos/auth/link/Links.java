package dev.objectos.auth.link;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes addresses of this server for mails: from the settings alone, for what a request says of it may be anybody's. */
public final class Links {

    private final @Nullable URI publicUrl;
    private final Supplier<String> port;

    /**
     * @param publicUrl under which browsers reach this server; null: on this machine alone
     * @param port at which it listens; asked for when a link is made
     */
    public Links(@Nullable URI publicUrl, Supplier<String> port) {
        this.publicUrl = publicUrl;
        this.port = port;
    }

    /**
     * An address.
     *
     * @param path that begins with a slash
     * @param query names and values; encoded here, in the order of the map
     */
    public String to(String path, Map<String, String> query) {
        return base() + with(path, query);
    }

    /** Adds names and values to an address, before its fragment. */
    public static String with(String address, Map<String, String> query) {
        if (query.isEmpty()) {
            return address;
        }
        int hash = address.indexOf('#');
        String before = hash < 0 ? address : address.substring(0, hash);
        String fragment = hash < 0 ? "" : address.substring(hash);
        return before
                + query.entrySet().stream().map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                        .collect(Collectors.joining("&", before.indexOf('?') < 0 ? "?" : "&", ""))
                + fragment;
    }

    private String base() {
        String base = publicUrl == null ? "http://localhost:" + port.get() : publicUrl.toString();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
