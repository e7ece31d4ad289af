package dev.objectos.runtime.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the kinds of text look like that have a form of their own: e-mail addresses, URLs, phone numbers, colours. */
final class ValueFormat {

    private static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "ftps", "sftp", "mailto", "tel", "file");
    private static final Pattern LOCAL_PART = Pattern.compile("[^\\s@,;:<>()\\[\\]\\\\\"]{1,64}");
    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N}.-]{0,251}[\\p{L}\\p{N}])?");
    private static final Pattern PHONE = Pattern.compile("[+0-9(][0-9 ()./-]{2,40}(?: ?(?:x|ext\\.?|#) ?[0-9]{1,10})?");
    private static final Pattern COLOR = Pattern.compile(
            "#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|(?:rgb|rgba|hsl|hsla)\\([0-9.,%/ deg]{1,60}\\)|[a-zA-Z]{3,30}");
    private static final int MIN_DIGITS = 3;
    private static final int MAX_DIGITS = 20;

    private ValueFormat() {}

    static boolean isEmail(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1 || text.length() > 254) {
            return false;
        }
        String local = text.substring(0, at);
        String domain = text.substring(at + 1);
        return LOCAL_PART.matcher(local).matches() && local.charAt(0) != '.' && !local.endsWith(".")
                && !local.contains("..") && DOMAIN.matcher(domain).matches() && !domain.contains("..");
    }

    /** An absolute address with a known scheme, or a path on this server. Schemes that run code are no addresses. */
    static boolean isUrl(String text) {
        if (text.length() > 8_192 || text.chars().anyMatch(c -> c <= ' ' || c == '<' || c == '>' || c == '"')) {
            return false;
        }
        if (text.startsWith("/")) {
            return !text.startsWith("//");
        }
        try {
            URI address = new URI(text.replaceAll("[^\\x21-\\x7e]|[|^`{}\\[\\]\\\\]", "_"));
            String scheme = address.getScheme();
            return scheme != null && SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))
                    && (address.isOpaque() || address.getRawAuthority() != null || "file".equalsIgnoreCase(scheme));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    static boolean isPhone(String text) {
        long digits = text.chars().filter(c -> c >= '0' && c <= '9').count();
        return digits >= MIN_DIGITS && digits <= MAX_DIGITS && PHONE.matcher(text.strip()).matches();
    }

    static boolean isColor(String text) {
        return COLOR.matcher(text).matches();
    }
}
