package dev.objectos.runtime.storage.file;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the first bytes of a file say that it is. */
final class ContentSniffer {

    /** How many bytes it looks at. */
    static final int HEAD = 1_024;

    /** Programs: nobody has a use for them in a record, and somebody may start one. */
    static final String PROGRAM = "application/x-executable";

    private static final Pattern MARKUP = Pattern.compile(
            "(?is)\\A\\s*(?:<\\?xml[^>]*>\\s*)?(?:<!--.*?-->\\s*)*<(!doctype\\s+(?:html|svg)|html|head|body|script|iframe|svg)\\b.*");

    private static final List<Sign> SIGNS = List.of( //
            new Sign("image/png", 0, "\u0089PNG\r\n\u001a\n"), //
            new Sign("image/jpeg", 0, "\u00ff\u00d8\u00ff"), //
            new Sign("image/gif", 0, "GIF87a"), new Sign("image/gif", 0, "GIF89a"), //
            new Sign("image/webp", 8, "WEBP"), //
            new Sign("image/tiff", 0, "II*\0"), new Sign("image/tiff", 0, "MM\0*"), //
            new Sign("image/avif", 4, "ftypavif"), new Sign("image/heic", 4, "ftypheic"), //
            new Sign("application/pdf", 0, "%PDF-"), //
            new Sign("audio/wav", 8, "WAVE"), //
            new Sign("audio/mpeg", 0, "ID3"), new Sign("audio/ogg", 0, "OggS"), //
            new Sign("audio/flac", 0, "fLaC"), //
            new Sign("video/webm", 0, "\u001aE\u00df\u00a3"), //
            new Sign("video/mp4", 4, "ftyp"), //
            new Sign("application/zip", 0, "PK\u0003\u0004"), new Sign("application/zip", 0, "PK\u0005\u0006"), //
            new Sign("application/gzip", 0, "\u001f\u008b"), //
            new Sign(PROGRAM, 0, "\u007fELF"), new Sign(PROGRAM, 0, "MZ"), //
            new Sign(PROGRAM, 0, "\u00cf\u00fa\u00ed\u00fe"), new Sign(PROGRAM, 0, "\u00ca\u00fe\u00ba\u00be"));

    private ContentSniffer() {}

    /** A mark that files of a type bear at a place; each character is a byte. */
    private record Sign(String type, int at, String mark) {

        boolean isOn(byte[] head) {
            byte[] bytes = mark.getBytes(StandardCharsets.ISO_8859_1);
            if (head.length < at + bytes.length) {
                return false;
            }
            for (int i = 0; i < bytes.length; i++) {
                if (head[at + i] != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The type that the bytes tell; empty where they tell none, as plain text does. */
    static Optional<String> sniff(byte[] head) {
        for (Sign sign : SIGNS) {
            // Text may begin with two letters; no program is without a zero.
            if (sign.isOn(head) && (!sign.type().equals(PROGRAM) || hasZero(head))) {
                return Optional.of(sign.type());
            }
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (MARKUP.matcher(text).matches()) {
            return Optional.of(
                    text.toLowerCase(Locale.ROOT).contains("<svg") && !text.toLowerCase(Locale.ROOT).contains("<html")
                            ? "image/svg+xml"
                            : "text/html");
        }
        return Optional.empty();
    }

    private static boolean hasZero(byte[] head) {
        for (byte one : head) {
            if (one == 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether bytes of the sniffed type may go by the declared one.
     *
     * @param declared lower case, without parameters
     */
    static boolean agree(String declared, Optional<String> sniffed) {
        if (sniffed.isEmpty()) {
            // Types whose files always bear a mark; the others may look like anything.
            return SIGNS.stream().noneMatch(sign -> sign.type().equals(declared)) || declared.startsWith("audio/")
                    || declared.startsWith("video/");
        }
        String found = sniffed.get();
        return found.equals(declared) || declared.equals("application/octet-stream") || switch (found) {
            case "application/zip" -> declared.startsWith("application/") && !declared.equals("application/pdf");
            case "application/gzip" -> declared.contains("zip") || declared.contains("tar") || declared.contains("tgz");
            case "image/svg+xml", "text/html" -> declared.contains("xml") || declared.startsWith("text/");
            case "video/mp4" -> declared.startsWith("video/") || declared.startsWith("audio/")
                    || declared.startsWith("image/hei");
            case "video/webm" -> declared.startsWith("video/") || declared.startsWith("audio/");
            case "audio/ogg" -> declared.startsWith("audio/") || declared.startsWith("video/")
                    || declared.equals("application/ogg");
            case "audio/wav" -> declared.startsWith("audio/");
            default -> false;
        };
    }
}
