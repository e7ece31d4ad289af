package dev.objectos.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.MethodParameter;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WorkflowControllerTest {

    private static TestingWorkflows own;

    private Session who = own.employee;
    private final MockMvc http = MockMvcBuilders.standaloneSetup(new WorkflowController(own.workflows))
            .setCustomArgumentResolvers(new Sessions()).build();

    @BeforeAll
    static void start() {
        own = new TestingWorkflows("workflow_http", TestingFiles.with(TestingFiles.SEED));
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    @Test
    void answersWhereARecordStandsAndTakesItOn() throws Exception {
        UUID id = own.request();
        JsonNode draft = json(send(MockMvcRequestBuilders.get(path(id))));
        assertThat(draft.propertyNames()).containsExactly("workflow", "version", "state", "transitions", "history");
        assertThat(draft.path("transitions").path(0).toString())
                .isEqualTo("{\"name\":\"submit\",\"label\":\"Submit\",\"target\":\"pending_approval\",\"allowed\":true}");

        MockHttpServletResponse submitted = send(post(id, "submit", "{\"comment\": \"Please\"}").header("If-Match",
                "\"1\""));
        assertThat(submitted.getHeader("ETag")).isEqualTo("\"2\"");
        JsonNode pending = json(submitted);
        assertThat(pending.path("state").asString()).isEqualTo("pending_approval");
        assertThat(pending.path("transitions").path(0).path("because").asString()).contains("can_approve");
        assertThat(pending.path("history").path(0).path("comment").asString()).isEqualTo("Please");
        who = own.boss;
        assertThat(json(send(MockMvcRequestBuilders.post(path(id) + "/approve"))).path("state").asString())
                .isEqualTo("approved");
    }

    @Test
    void refusesWhatItCannotRead() {
        UUID id = own.request();
        assertCode(RuntimeError.INVALID_REQUEST, post(id, "submit", "{"));
        assertCode(RuntimeError.INVALID_REQUEST, post(id, "submit", "[]"));
        assertCode(RuntimeError.INVALID_REQUEST, post(id, "submit", "{\"comment\": 7}"));
        assertCode(RuntimeError.INVALID_REQUEST, post(id, "submit", "{\"remark\": \"x\"}"));
        assertCode(RuntimeError.INVALID_REQUEST, post(id, "submit", "{}").header("If-Match", "soon"));
        assertCode(RuntimeError.CONCURRENT_UPDATE, post(id, "submit", "{}").header("If-Match", "W/\"9\""));
        assertCode(RuntimeError.RECORD_NOT_FOUND, MockMvcRequestBuilders.get("/api/workflow/leave_requests/7"));
        assertCode(RuntimeError.PERMISSION_DENIED, submitted(id, "approve"));
    }

    private MockHttpServletRequestBuilder submitted(UUID id, String then) {
        own.take(id, "submit", own.employee);
        return post(id, then, "{}");
    }

    @Test
    void drawsPictures() throws Exception {
        MockHttpServletResponse svg = send(MockMvcRequestBuilders.get("/api/workflow/leave_request_flow/diagram"));
        assertThat(svg.getContentType()).isEqualTo("image/svg+xml;charset=UTF-8");
        assertThat(svg.getContentAsString()).startsWith("<svg ");
        assertThat(svg.getHeader("Content-Security-Policy")).contains("default-src 'none'");

        MockHttpServletResponse mermaid = send(
                MockMvcRequestBuilders.get("/api/workflow/leave_request_flow/diagram").header("Accept", "text/plain"));
        assertThat(mermaid.getContentType()).isEqualTo("text/plain;charset=UTF-8");
        assertThat(mermaid.getContentAsString()).startsWith("stateDiagram-v2");
        assertCode(RuntimeError.RESOURCE_NOT_FOUND, MockMvcRequestBuilders.get("/api/workflow/nothing/diagram"));
    }

    private void assertCode(ErrorCode code, MockHttpServletRequestBuilder request) {
        assertThatThrownBy(() -> send(request)).cause().isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static String path(UUID id) {
        return "/api/workflow/leave_requests/" + id;
    }

    private static MockHttpServletRequestBuilder post(UUID id, String transition, String body) {
        return MockMvcRequestBuilders.post(path(id) + "/" + transition).contentType("application/json").content(body);
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        return http.perform(request).andReturn().getResponse();
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        assertThat(response.getStatus()).isEqualTo(200);
        return new JsonMapper().readTree(response.getContentAsString());
    }

    /** Hands controllers the session of whoever asks. */
    private final class Sessions implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Session.class;
        }

        @Override
        public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
                NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
            return who;
        }
    }
}
