package dev.objectos.server.plugin;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.PluginAdministration;
import dev.objectos.server.problem.ServerError;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The package in a multipart request.
 *
 * @param name of the file, as the caller says
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record PluginUpload(String name, byte[] content) {

    private static final String PART = "file";

    static PluginUpload read(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")) {
            throw new PlatformException(ServerError.UNSUPPORTED_MEDIA_TYPE,
                    "The plugin must be sent as multipart/form-data, in the part \"" + PART + "\"");
        }
        try {
            @Nullable
            Part part = request.getPart(PART);
            if (part == null) {
                throw new PlatformException(RuntimeError.INVALID_REQUEST,
                        "The request has no part \"" + PART + "\"");
            }
            if (part.getSize() > PluginAdministration.LARGEST_PACKAGE) {
                throw tooLarge();
            }
            try (InputStream input = part.getInputStream()) {
                String name = part.getSubmittedFileName();
                return new PluginUpload(name == null || name.isBlank() ? PART : name, input.readAllBytes());
            } finally {
                part.delete();
            }
        } catch (IllegalStateException e) {
            // What the servlet API says of a body or a part above its limits.
            throw tooLarge();
        } catch (IOException | ServletException e) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The multipart body cannot be read", e);
        }
    }

    private static PlatformException tooLarge() {
        return new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                "A plugin has at most " + PluginAdministration.LARGEST_PACKAGE + " bytes");
    }
}
