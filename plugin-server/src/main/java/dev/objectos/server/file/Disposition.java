package dev.objectos.server.file;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Whether browsers show a file or save it, and by which name (RFC 6266). */
final class Disposition {

    /** What browsers show without running anything that the file says. */
    private static final Set<String> SHOWN = Set.of("image/png", "image/jpeg", "image/gif", "image/webp", "image/avif",
            "image/heic", "application/pdf", "text/plain");

    private static final String UNRESERVED = "!#$&+-.^_`|~";

    private Disposition() {}

    /** Pages and drawings (HTML, SVG) are never shown: they would run as a part of this site. */
    static boolean shown(String contentType) {
        return SHOWN.contains(contentType) || contentType.startsWith("audio/") || contentType.startsWith("video/");
    }

    static String header(String contentType, String name, boolean download) {
        return (shown(contentType) && !download ? "inline" : "attachment") + "; filename=\"" + ascii(name)
                + "\"; filename*=UTF-8''" + encoded(name);
    }

    /** For clients that know no other form. */
    private static String ascii(String name) {
        var text = new StringBuilder();
        name.codePoints().forEach(c -> text.appendCodePoint(c < 0x20 || c > 0x7E || c == '"' || c == '\\' || c == '%'
                ? '_'
                : c));
        return text.toString();
    }

    private static String encoded(String name) {
        var text = new StringBuilder();
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (one & 0xFF);
            boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
                    || UNRESERVED.indexOf(c) >= 0;
            if (plain) {
                text.append(c);
            } else {
                text.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 0xF, 16)));
            }
        }
        return text.toString();
    }
}
