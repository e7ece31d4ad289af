package dev.objectos.auth.twofactor;

import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A text as a QR code, in an SVG that pages show as it is. */
final class QrPicture {

    private static final int BORDER = 4;

    private QrPicture() {}

    /** The address of the picture, which holds the picture itself: {@code data:image/svg+xml;base64,…}. */
    static String data(String text) {
        return "data:image/svg+xml;base64,"
                + Base64.getEncoder().encodeToString(svg(text).getBytes(StandardCharsets.UTF_8));
    }

    static String svg(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        var path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    path.append('M').append(x + BORDER).append(',').append(y + BORDER).append("h1v1h-1z");
                }
            }
        }
        int size = code.size + 2 * BORDER;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <rect width="%1$d" height="%1$d" fill="#fff"/><path d="%2$s"/></svg>""".formatted(size, path);
    }
}
