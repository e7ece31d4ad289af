package dev.objectos.server.openapi;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page that shows the OpenAPI document to people. Its parts come from this server alone. */
@Controller
public final class DocsController {

    private final byte[] page = read("index.html");
    private final byte[] script = read("docs.js");

    @GetMapping("/docs")
    void page(HttpServletResponse response) throws IOException {
        send(response, "text/html;charset=UTF-8", page);
    }

    @GetMapping("/docs/docs.js")
    void script(HttpServletResponse response) throws IOException {
        send(response, "text/javascript;charset=UTF-8", script);
    }

    private static void send(HttpServletResponse response, String type, byte[] content) throws IOException {
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static byte[] read(String name) {
        try (InputStream in = DocsController.class.getResourceAsStream("/dev/objectos/server/docs/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
