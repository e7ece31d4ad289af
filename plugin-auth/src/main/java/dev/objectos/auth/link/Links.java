package dev.objectos.auth.link;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes addresses of this server for mails: from the settings alone, for what a request says of it may be anybody's. */
public final class Links {

    private final LinkProperties properties;
    private final Supplier<String> port;

    /** @param port at which this server listens; asked for when a link is made */
    public Links(LinkProperties properties, Supplier<String> port) {
        this.properties = properties;
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
        return before + query.entrySet().stream().map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&", before.indexOf('?') < 0 ? "?" : "&", "")) + fragment;
    }

    private String base() {
        URI url = properties.publicUrl();
        String base = url == null ? "http://localhost:" + port.get() : url.toString();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
