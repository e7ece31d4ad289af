package dev.objectos.server.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The pages that show the API to people. Their parts come from this server alone. */
@Controller
public final class PageController {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private final byte[] docs = read("docs/index.html");
    private final byte[] docsScript = read("docs/docs.js");
    private final byte[] graphiql = read("graphiql/index.html");
    private final byte[] graphiqlScript = read("graphiql/graphiql.js");

    @GetMapping("/docs")
    void docs(HttpServletResponse response) throws IOException {
        send(response, HTML, docs);
    }

    @GetMapping("/docs/docs.js")
    void docsScript(HttpServletResponse response) throws IOException {
        send(response, SCRIPT, docsScript);
    }

    @GetMapping("/graphiql")
    void graphiql(HttpServletResponse response) throws IOException {
        send(response, HTML, graphiql);
    }

    @GetMapping("/graphiql/graphiql.js")
    void graphiqlScript(HttpServletResponse response) throws IOException {
        send(response, SCRIPT, graphiqlScript);
    }

    private static void send(HttpServletResponse response, String type, byte[] content) throws IOException {
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static byte[] read(String name) {
        try (InputStream in = PageController.class.getResourceAsStream("/dev/objectos/server/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
