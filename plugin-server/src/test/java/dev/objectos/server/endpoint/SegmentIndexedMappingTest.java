package dev.objectos.server.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/** Finds what Spring's own mapping finds, and refuses what it refuses. */
class SegmentIndexedMappingTest {

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final RequestMappingHandlerMapping indexed = new SegmentIndexedMapping();
    private final RequestMappingHandlerMapping springs = new RequestMappingHandlerMapping();

    @BeforeEach
    void start() {
        context.registerBean(Records.class);
        context.registerBean(Others.class);
        context.refresh();
        for (RequestMappingHandlerMapping mapping : List.of(indexed, springs)) {
            mapping.setApplicationContext(context);
            mapping.afterPropertiesSet();
        }
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/data/accounts", "POST, /api/data/accounts", "GET, /api/data/accounts/1",
            "HEAD, /api/data/accounts/1",
            "GET, /api/data/accounts/trash", "POST, /api/data/accounts/query", "DELETE, /api/data/accounts/1",
            "OPTIONS, /api/data/accounts/1", "POST, /api/data/accounts/1", "GET, /api/data/accounts/1/2/3",
            "GET, /api/data",
            "GET, /api/data/summary", "GET, /api//data/accounts", "GET, /api/data/a%2Fb", "GET, /api/%64ata/accounts",
            "GET, /api/data/accounts/", "GET, /api/work/1", "GET, /api/work/1/x", "GET, /files/a/b/c",
            "GET, /nothing/here/at/all",
            "GET, /", "PUT, /api/work/1"})
    void findsWhatSpringFinds(String method, String path) {
        assertThat(answer(indexed, method, path, null)).isEqualTo(answer(springs, method, path, null));
    }

    @ParameterizedTest
    @CsvSource({"text/plain, text", "application/json, json"})
    void choosesBetweenEndpointsThatDifferInWhatTheyTake(String type, String found) {
        assertThat(answer(indexed, "POST", "/api/work/1", type)).isEqualTo(answer(springs, "POST", "/api/work/1", type))
                .startsWith(found);
    }

    @Test
    void findsEndpointsThatComeLaterAndLosesThoseThatGo() throws NoSuchMethodException {
        assertThat(answer(indexed, "GET", "/api/data/accounts/1/later", null)).isEqualTo("nothing");
        Method method = Others.class.getDeclaredMethod("any");
        RequestMappingInfo later = RequestMappingInfo.paths("/api/data/{object}/{id}/later")
                .options(indexed.getBuilderConfiguration()).build();
        indexed.registerMapping(later, new Others(), method);
        assertThat(answer(indexed, "GET", "/api/data/accounts/1/later", null)).startsWith("any");
        indexed.unregisterMapping(later);
        assertThat(answer(indexed, "GET", "/api/data/accounts/1/later", null)).isEqualTo("nothing");
    }

    /** The method that answers, with the pattern and the variables it is told of; or the refusal. */
    private static String answer(RequestMappingHandlerMapping mapping, String method, String path,
            @Nullable String contentType) {
        var request = new MockHttpServletRequest(method, path);
        if (contentType != null) {
            request.setContentType(contentType);
        }
        ServletRequestPathUtils.parseAndCache(request);
        try {
            var chain = mapping.getHandler(request);
            if (chain == null) {
                return "nothing";
            }
            var handler = (HandlerMethod) chain.getHandler();
            return handler.getMethod().getName() + " "
                    + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) + " "
                    + request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) + " "
                    + (request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) != null);
        } catch (Exception e) {
            return e.toString();
        }
    }

    @RestController
    static class Records {

        @GetMapping("/api/data/{object}")
        void list() {}

        @PostMapping("/api/data/{object}")
        void create() {}

        @GetMapping("/api/data/{object}/{id}")
        void get() {}

        @DeleteMapping("/api/data/{object}/{id}")
        void delete() {}

        @GetMapping("/api/data/{object}/trash")
        void trash() {}

        @PostMapping("/api/data/{object}/query")
        void query() {}

        @GetMapping("/api/data/summary")
        void summary() {}
    }

    @RestController
    static class Others {

        @GetMapping("/api/work/{id}")
        void work() {}

        @PostMapping(path = "/api/work/{id}", consumes = MediaType.TEXT_PLAIN_VALUE)
        void text() {}

        @PostMapping(path = "/api/work/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
        void json() {}

        @GetMapping("/files/**")
        void files() {}

        @GetMapping("/api/{kind}/{id}/x")
        void any() {}
    }
}
