package dev.objectos.runtime.event.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.DeadLetter;
import dev.objectos.runtime.event.DeadLetterPage;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators do with dead letters. */
class StoredDeadLettersTest {

    private static final Session ADMINISTRATOR = Session.system(Session.DEFAULT_TENANT, Origin.REST);

    private static final AtomicBoolean BROKEN = new AtomicBoolean();
    private static final HeardEvents SUBSCRIBER = new HeardEvents("letters", _ -> {
        if (BROKEN.get()) {
            throw new IllegalStateException("broken");
        }
    });

    private static TestingEvents events;
    private static StoredDeadLetters letters;

    @BeforeAll
    static void open() {
        events = new TestingEvents("event_letters");
        events.node(TestingEvents.properties("retries", "1"), SUBSCRIBER);
        letters = new StoredDeadLetters(events.databases().worker(), events.commits());
    }

    @AfterAll
    static void close() {
        events.close();
    }

    /** Five letters of five records. */
    @BeforeEach
    void die() {
        events.execute("delete from platform.dead_letter");
        BROKEN.set(true);
        events.emit(5, 1);
        Eventually.await(() -> events.idle() && events.number("select count(*) from platform.dead_letter") == 5);
        BROKEN.set(false);
    }

    @Test
    void arePagedThroughNewestFirst() {
        var seen = new ArrayList<DeadLetter>();
        @Nullable
        String cursor = null;
        int pages = 0;
        do {
            DeadLetterPage page = letters.page("letters", cursor, 2, ADMINISTRATOR);
            seen.addAll(page.items());
            cursor = page.nextCursor();
            pages++;
        } while (cursor != null);

        assertThat(pages).isEqualTo(3);
        assertThat(seen).extracting(DeadLetter::id).hasSize(5).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        DeadLetter first = seen.getFirst();
        assertThat(letters.get(first.id(), ADMINISTRATOR)).usingRecursiveComparison().isEqualTo(first);
        assertThat(first.cause()).isEqualTo("IllegalStateException: broken");
        assertThat(first.event().attempt()).isEqualTo(2);
        assertThat(first.event().change().object()).isEqualTo("tasks");
        assertThat(letters.page("somebody", null, 10, ADMINISTRATOR).items()).isEmpty();
    }

    @Test
    void areDeliveredAgainWithTheIdThatTheyHad() {
        DeadLetter letter = letters.page(null, null, 1, ADMINISTRATOR).items().getFirst();
        int before = SUBSCRIBER.heard().size();

        letters.replay(letter.id(), ADMINISTRATOR);
        Eventually.await(() -> SUBSCRIBER.heard().size() == before + 1);
        events.awaitIdle();

        RecordEvent again = SUBSCRIBER.heard().getLast();
        assertThat(again.id()).isEqualTo(letter.event().id());
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(again.change()).usingRecursiveComparison().isEqualTo(letter.event().change());
        assertRefused(RuntimeError.RESOURCE_NOT_FOUND, () -> letters.replay(letter.id(), ADMINISTRATOR));
    }

    @Test
    void areDeliveredAgainAllTogether() {
        assertThat(letters.replayAll("letters", ADMINISTRATOR)).isEqualTo(5);
        events.awaitIdle();

        assertThat(letters.page(null, null, 10, ADMINISTRATOR).items()).isEmpty();
    }

    @Test
    void dieAgainWhereNothingWasMended() {
        BROKEN.set(true);
        long id = letters.page(null, null, 1, ADMINISTRATOR).items().getFirst().id();
        letters.replay(id, ADMINISTRATOR);
        Eventually.await(() -> events.number("select count(*) from platform.dead_letter") == 5);

        assertThat(letters.page(null, null, 1, ADMINISTRATOR).items().getFirst().id()).isGreaterThan(id);
    }

    @Test
    void areDiscardedForGood() {
        long id = letters.page(null, null, 1, ADMINISTRATOR).items().getFirst().id();
        letters.discard(id, ADMINISTRATOR);

        assertRefused(RuntimeError.RESOURCE_NOT_FOUND, () -> letters.get(id, ADMINISTRATOR));
        assertRefused(RuntimeError.RESOURCE_NOT_FOUND, () -> letters.discard(id, ADMINISTRATOR));
    }

    @Test
    void stayWhereTheirSubscriberIsUnknown() {
        events.execute("update platform.dead_letter set subscriber = 'unknown'");
        long id = letters.page(null, null, 1, ADMINISTRATOR).items().getFirst().id();

        assertRefused(RuntimeError.RESOURCE_NOT_FOUND, () -> letters.replay(id, ADMINISTRATOR));
        assertThat(letters.get(id, ADMINISTRATOR).subscriber()).isEqualTo("unknown");
    }

    @Test
    void areOfTheirTenantAlone() {
        Session other = Session.system(UUID.randomUUID(), Origin.REST);
        long id = letters.page(null, null, 1, ADMINISTRATOR).items().getFirst().id();

        assertThat(letters.page(null, null, 10, other).items()).isEmpty();
        assertThat(letters.replayAll("letters", other)).isZero();
        assertRefused(RuntimeError.RESOURCE_NOT_FOUND, () -> letters.get(id, other));
        assertRefused(RuntimeError.RESOURCE_NOT_FOUND, () -> letters.discard(id, other));
    }

    @Test
    void areForPlatformAdministratorsAlone() {
        var user = new Session(Session.DEFAULT_TENANT, null, Set.of(), false, Locale.ENGLISH, ZoneOffset.UTC,
                Origin.REST);
        for (ThrowingCallable call : List.<ThrowingCallable>of(() -> letters.page(null, null, 1, user),
                () -> letters.get(1, user), () -> letters.replay(1, user), () -> letters.replayAll("letters", user),
                () -> letters.discard(1, user))) {
            assertRefused(RuntimeError.PERMISSION_DENIED, call);
        }
    }

    @Test
    void refuseWhatIsNoPage() {
        assertRefused(RuntimeError.INVALID_REQUEST, () -> letters.page(null, "x", 1, ADMINISTRATOR));
        assertRefused(RuntimeError.INVALID_REQUEST, () -> letters.page(null, null, 0, ADMINISTRATOR));
        assertRefused(RuntimeError.INVALID_REQUEST, () -> letters.page(null, null, 201, ADMINISTRATOR));
    }

    private static void assertRefused(RuntimeError error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(error));
    }
}
