package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through the parts of a spreadsheet before anybody reads them: a small file can hold endless text, and XML can define
 * more of it.
 */
final class SpreadsheetGuard {

    /** Bytes of all parts, and of the texts that are kept in memory. */
    private static final long LARGEST = 512L << 20;
    private static final long LARGEST_TEXTS = 32L << 20;
    private static final int MOST_PARTS = 1_000;

    private static final Pattern ROOT = Pattern.compile("<[A-Za-z_]");

    private SpreadsheetGuard() {}

    static void check(Path file) throws IOException {
        long all = 0;
        int parts = 0;
        var buffer = new byte[1 << 16];
        try (var zip = new ZipFile(file.toFile())) {
            for (ZipEntry part : Collections.list(zip.entries())) {
                if (++parts > MOST_PARTS) {
                    throw tooLarge();
                }
                boolean texts = part.getName().toLowerCase(Locale.ROOT).contains("sharedstrings");
                boolean xml = part.getName().endsWith(".xml") || part.getName().endsWith(".rels");
                try (InputStream content = zip.getInputStream(part)) {
                    all += size(content, buffer, texts ? LARGEST_TEXTS : LARGEST - all, xml);
                }
            }
        } catch (ZipException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The file is no XLSX spreadsheet", e);
        }
        if (parts == 0) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The file is no XLSX spreadsheet");
        }
    }

    private static long size(InputStream part, byte[] buffer, long most, boolean xml) throws IOException {
        int head = part.readNBytes(buffer, 0, buffer.length);
        if (xml && !beginsPlainly(new String(buffer, 0, head, StandardCharsets.US_ASCII))) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The spreadsheet has XML that spreadsheets do not have");
        }
        long size = head;
        for (int read = part.read(buffer); read >= 0 && size <= most; read = part.read(buffer)) {
            size += read;
        }
        if (size > most) {
            throw tooLarge();
        }
        return size;
    }

    /** Whether the root element comes early, in the usual encoding, and with nothing declared before it. */
    private static boolean beginsPlainly(String head) {
        Matcher root = ROOT.matcher(head);
        return root.find() && !head.substring(0, root.start()).contains("<!DOCTYPE");
    }

    private static PlatformException tooLarge() {
        return new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                "The spreadsheet holds more than is read of one; send it as CSV");
    }
}
