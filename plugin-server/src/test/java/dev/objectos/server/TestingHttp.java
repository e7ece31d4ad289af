package dev.objectos.server;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.yaml.GeneratedSchemas;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EditorSchemas;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.PluginSummary;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.server.autoconfigure.ServerAutoConfiguration;
import dev.objectos.server.json.JsonReader;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The real HTTP surface on a free port, over records by hand; a token in the request is a session. */
public final class TestingHttp implements AutoCloseable {

    private final ServletWebServerApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    TestingHttp(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /** Over records that only remember what they were asked. */
    public static TestingHttp start() {
        return start(new RecordingRecords());
    }

    static TestingHttp start(Records records) {
        return start(records, Map.of());
    }

    /** @param more settings beside those that every test needs */
    static TestingHttp start(Records records, Map<String, Object> more) {
        var application = new SpringApplication(Beans.class);
        var settings = new HashMap<String, Object>(more);
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        application.setDefaultProperties(settings);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("records", records));
        return new TestingHttp((ServletWebServerApplicationContext) application.run());
    }

    public RecordingRecords records() {
        return context.getBean(RecordingRecords.class);
    }

    public int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** An answer whose body may be looked into. */
    public record Answer(HttpResponse<String> response) {

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public @Nullable String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        @SuppressWarnings("unchecked")
        public Map<String, Object> json() {
            return (Map<String, Object>) Objects
                    .requireNonNull(JsonReader.read(body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** The bytes of an answer. */
    byte[] bytes(String path, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", "Bearer test");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Answer post(String path, String json, String... headers) {
        return send("POST", path, json, headers);
    }

    public Answer send(String method, String path, @Nullable String json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, json == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(json))
                .header("Authorization", "Bearer test");
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    private Answer send(HttpRequest request) {
        try {
            return new Answer(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a file as the part {@code file} of a multipart request. */
    public Answer upload(String path, String name, byte[] content, String... headers) {
        String head = "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: application/zip\r\n\r\n";
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .POST(HttpRequest.BodyPublishers.concat(HttpRequest.BodyPublishers.ofString(head),
                        HttpRequest.BodyPublishers.ofByteArray(content),
                        HttpRequest.BodyPublishers.ofString("\r\n--part--\r\n")))
                .header("Content-Type", "multipart/form-data; boundary=part").header("Authorization", "Bearer test");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        client.close();
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({TomcatServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
            WebMvcAutoConfiguration.class, HttpEncodingAutoConfiguration.class, ErrorMvcAutoConfiguration.class,
            JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
            MetricsAutoConfiguration.class,
            ServerAutoConfiguration.class})
    static class Beans {

        @Bean
        EditorSchemas editorSchemas() {
            return new GeneratedSchemas();
        }

        @Bean
        Plugins plugins() {
            return () -> List.of(new PluginSummary("objectos-crm", "CRM", "1.2.0", "Customers", "ObjectOS", "ENABLED",
                    Map.of("objectos-server", "^0.1.0")),
                    new PluginSummary("acme-broken", "Broken", "0.1.0", "", "", "FAILED", Map.of()));
        }

        @Bean
        ObjectRights rights() {
            return new GatheredRights(new FieldViews(List::of), ChangeRights.OPEN, new NoFilters());
        }

        @Bean
        Catalogs catalogs() {
            var catalogs = new Catalogs();
            catalogs.publish(TestingCatalog.catalog());
            return catalogs;
        }

        /** What the auth plugin's filter does, reduced to one token. */
        @Bean
        Filter sessions() {
            return (request, response, chain) -> {
                if ("Bearer test".equals(((HttpServletRequest) request).getHeader("Authorization"))) {
                    request.setAttribute(SessionResolver.ATTRIBUTE,
                            Session.system(Session.DEFAULT_TENANT, Origin.REST));
                }
                chain.doFilter(request, response);
            };
        }

        @Bean
        TestingAuth auth(JsonBodies bodies) {
            return new TestingAuth(bodies);
        }

        @Bean
        Faulty faulty() {
            return new Faulty();
        }
    }

    /** Where nobody restricts changes, no record is tried. */
    private static final class NoFilters implements RecordFilters {

        @Override
        public Set<UUID> passing(String object, Collection<UUID> ids, RowFilter filter, Session session) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public long count(String object, RowFilter filter, Session session) {
            throw new AssertionError("nobody asks");
        }
    }

    /** An endpoint that breaks as only our own mistakes can. */
    @RestController
    static class Faulty {

        @GetMapping("/faulty")
        void fail() {
            throw new IllegalStateException("SELECT secret FROM dev.objectos.Table");
        }

        @GetMapping("/fails-late")
        void failLate(jakarta.servlet.http.HttpServletResponse response) throws IOException {
            response.getOutputStream().write("the first half".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            response.flushBuffer();
            fail();
        }

        @GetMapping("/sends-error")
        void send(jakarta.servlet.http.HttpServletResponse response) throws IOException {
            response.sendError(503, "java.lang.Secret");
        }
    }
}
