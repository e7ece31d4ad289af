package dev.objectos.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.event.DeadLetter;
import dev.objectos.runtime.event.DeadLetterPage;
import dev.objectos.runtime.event.RecordChange;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.DeadLetters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DeadLetterControllerTest {

    private static final Session SESSION = Session.system(Session.DEFAULT_TENANT, Origin.REST);
    private static final UUID RECORD = UUID.fromString("01970000-0000-7000-8000-000000000001");

    private final List<String> asked = new ArrayList<>();
    private final MockMvc http = MockMvcBuilders.standaloneSetup(new DeadLetterController(new Letters()))
            .setCustomArgumentResolvers(new FixedSession(SESSION)).build();

    @Test
    void pagesThroughLetters() throws Exception {
        JsonNode answer = json(send(HttpMethod.GET, "?subscriber=acme.mails&cursor=9&limit=7"));

        assertThat(asked).containsExactly("page acme.mails 9 7");
        assertThat(answer.path("nextCursor").asString()).isEqualTo("4");
        JsonNode item = answer.path("items").path(0);
        assertThat(item.path("id").asLong()).isEqualTo(4);
        assertThat(item.path("record").asString()).isEqualTo(RECORD.toString());
        assertThat(item.path("changes").path("name").path("to").asString()).isEqualTo("b");
        assertThat(item.path("actor").isNull()).isTrue();
        assertThat(item.path("attempts").asInt()).isEqualTo(4);
        assertThat(item.path("cause").asString()).isEqualTo("broken");
    }

    @Test
    void showsReplaysAndDiscardsOne() throws Exception {
        assertThat(json(send(HttpMethod.GET, "/4")).path("event").asLong()).isEqualTo(11);
        assertThat(json(send(HttpMethod.POST, "/4/replay")).path("replayed").asInt()).isEqualTo(1);
        assertThat(send(HttpMethod.DELETE, "/4").getStatus()).isEqualTo(204);

        assertThat(asked).containsExactly("get 4", "replay 4", "discard 4");
    }

    @Test
    void replaysAllOfASubscriber() throws Exception {
        assertThat(json(send(HttpMethod.POST, "/replay?subscriber=acme.mails")).path("replayed").asInt()).isEqualTo(3);
        assertThat(asked).containsExactly("replay all acme.mails");
    }

    @Test
    void leavesRefusalsToTheSurface() {
        assertThatThrownBy(() -> send(HttpMethod.GET, "/5")).rootCause().isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND));
    }

    private MockHttpServletResponse send(HttpMethod method, String path) throws Exception {
        return http.perform(MockMvcRequestBuilders.request(method, "/api/automation/dead-letters" + path)).andReturn()
                .getResponse();
    }

    private static JsonNode json(MockHttpServletResponse response) throws Exception {
        assertThat(response.getStatus()).isEqualTo(200);
        return new JsonMapper().readTree(response.getContentAsString());
    }

    /** Remembers what it was asked; knows the letter 4 alone. */
    private final class Letters implements DeadLetters {

        private final DeadLetter letter = new DeadLetter(4, "acme.mails", new RecordEvent(11,
                new RecordChange(Session.DEFAULT_TENANT, "tasks", RECORD, ChangeAction.UPDATE,
                        JsonDocument.of("{\"name\":{\"from\":\"a\",\"to\":\"b\"}}"), 2, null, Origin.REST,
                        Instant.EPOCH),
                4), "broken", Instant.EPOCH);

        @Override
        public DeadLetterPage page(@Nullable String subscriber, @Nullable String cursor, int limit, Session session) {
            asked.add("page " + subscriber + " " + cursor + " " + limit);
            return new DeadLetterPage(List.of(letter), "4");
        }

        @Override
        public DeadLetter get(long id, Session session) {
            asked.add("get " + id);
            if (id != 4) {
                throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no dead letter " + id);
            }
            return letter;
        }

        @Override
        public void replay(long id, Session session) {
            asked.add("replay " + id);
        }

        @Override
        public int replayAll(String subscriber, Session session) {
            asked.add("replay all " + subscriber);
            return 3;
        }

        @Override
        public void discard(long id, Session session) {
            asked.add("discard " + id);
        }
    }
}
