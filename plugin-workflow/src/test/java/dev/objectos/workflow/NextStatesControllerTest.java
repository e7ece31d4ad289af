package dev.objectos.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class NextStatesControllerTest {

    private static final String OBJECT = "leave_requests";

    private static TestingWorkflows own;

    private final NextStatesController states = new NextStatesController(own.writes.catalogs(), new HidingDays());

    @BeforeAll
    static void start() {
        own = new TestingWorkflows("workflow_next", TestingFiles.with(TestingFiles.SEED));
    }

    @AfterAll
    static void stop() {
        own.close();
    }

    private @Nullable Object next(String object, String field, @Nullable String from, Session session) {
        return states.next(object, field, from, session).get("next");
    }

    @Test
    void listsWhatMayFollow() {
        assertThat(next(OBJECT, "status", "draft", own.employee)).isEqualTo(List.of("pending_approval"));
        assertThat(next(OBJECT, "status", "none of them", own.employee)).isEqualTo(List.of());
    }

    @Test
    void saysNothingOfWhatNoWorkflowRules() {
        assertThat(next(OBJECT, "reason", "Sea", own.employee)).isNull();
        assertThat(next("user", "name", "x", own.employee)).isNull();
        assertThat(next(OBJECT, "status", null, own.employee)).isNull();
    }

    @Test
    void tellsNothingThatTheReaderDoesNotSee() {
        assertThatThrownBy(() -> next(OBJECT, "days", "1", own.employee)).isInstanceOfSatisfying(
                PlatformException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND));
        assertThatThrownBy(() -> next(OBJECT, "status", "draft", own.boss)).isInstanceOfSatisfying(
                PlatformException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(RuntimeError.OBJECT_NOT_FOUND));
    }

    /** Rights by which the employee alone reads, and nobody sees the days. */
    private static final class HidingDays implements ObjectRights {

        @Override
        public Object fingerprint(Session session, Catalog catalog) {
            return session;
        }

        @Override
        public ObjectAccess of(ObjectDefinition object, Session session, Catalog catalog) {
            return new ObjectAccess(session.equals(own.employee), Set.of("days"), Set.of(), Set.of(), Set.of(),
                    Set.of());
        }

        @Override
        public Set<UUID> changeable(ObjectDefinition object, ChangeAction action, Collection<UUID> ids, Session session,
                Catalog catalog) {
            return Set.of();
        }
    }
}
