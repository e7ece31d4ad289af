package dev.objectos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.pipeline.TestingWrites;
import dev.objectos.runtime.session.Session;
import jakarta.servlet.ServletException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

/** Controllers, asked by whoever the test says. */
final class TestingHttp {

    private final MockMvc http;
    private Session who;

    TestingHttp(Session who, Object... controllers) {
        this.who = who;
        this.http = MockMvcBuilders.standaloneSetup(controllers).setCustomArgumentResolvers(new Sessions()).build();
    }

    TestingHttp as(Session somebody) {
        who = somebody;
        return this;
    }

    JsonNode get(String path) throws Exception {
        return new JsonMapper().readTree(text(path));
    }

    String text(String path) throws Exception {
        return send(MockMvcRequestBuilders.get(path)).getContentAsString();
    }

    byte[] bytes(String path) throws Exception {
        return send(MockMvcRequestBuilders.get(path)).getContentAsByteArray();
    }

    JsonNode post(String path) throws Exception {
        return new JsonMapper().readTree(send(MockMvcRequestBuilders.post(path)).getContentAsString());
    }

    /** What a GET is refused with. */
    ErrorCode code(String path) {
        return TestingWrites.refusal(() -> {
            try {
                get(path);
            } catch (ServletException e) {
                throw Objects.requireNonNull(e.getCause());
            }
        }).code();
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response = http.perform(request).andReturn().getResponse();
        assertThat(response.getStatus()).isEqualTo(200);
        return response;
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
