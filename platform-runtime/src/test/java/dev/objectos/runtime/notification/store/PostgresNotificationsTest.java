package dev.objectos.runtime.notification.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.notification.Notification;
import dev.objectos.runtime.notification.NotificationPage;
import dev.objectos.runtime.notification.NotificationPreferences;
import dev.objectos.runtime.notification.NotificationPreferences.Kind;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.notification.StoredNotification;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostgresNotificationsTest {

    private final Notifications notifications = new PostgresNotifications(TestingDatabase.shared().app(),
            TestingDatabase.shared().worker());
    private final UUID tenant = UUID.randomUUID();
    private final Session ada = session(tenant, UUID.randomUUID());

    @Test
    void tellsAPersonTheSameThingOnce() {
        assertThat(notifications.send(told(ada, "a", "First"))).isTrue();
        assertThat(notifications.send(told(ada, "a", "First again"))).isFalse();
        assertThat(notifications.send(told(session(tenant, UUID.randomUUID()), "a", "To somebody else"))).isTrue();

        assertThat(notifications.page(null, null, null, 10, ada).items()).extracting(StoredNotification::title)
                .containsExactly("First");
    }

    @Test
    void pagesFromTheNewestToTheOldest() {
        for (String key : List.of("a", "b", "c")) {
            notifications.send(told(ada, key, key));
        }
        NotificationPage first = notifications.page(null, null, null, 2, ada);
        assertThat(first.items()).extracting(StoredNotification::title).containsExactly("c", "b");
        assertThat(first.unread()).isEqualTo(3);

        NotificationPage second = notifications.page(null, null, first.nextCursor(), 2, ada);
        assertThat(second.items()).extracting(StoredNotification::title).containsExactly("a");
        assertThat(second.nextCursor()).isNull();
    }

    @Test
    void everybodyReadsWhatTheyWereToldThemselvesInTheirTenant() {
        notifications.send(told(ada, "a", "For Ada"));
        UUID id = notifications.page(null, null, null, 1, ada).items().getFirst().id();
        Session neighbour = session(tenant, UUID.randomUUID());
        Session elsewhere = session(UUID.randomUUID(), Objects.requireNonNull(ada.userId()));

        for (Session other : List.of(neighbour, elsewhere, Session.system(tenant, Origin.REST))) {
            assertThat(notifications.page(null, null, null, 10, other).items()).isEmpty();
            assertThat(notifications.read(List.of(id), other)).isZero();
            assertThat(notifications.readAll(other)).isZero();
        }
        assertThat(notifications.page(false, null, null, 10, ada).unread()).isEqualTo(1);
    }

    @Test
    void notesWhatWasRead() {
        notifications.send(told(ada, "a", "a"));
        notifications.send(told(ada, "b", "b"));
        UUID newest = notifications.page(null, null, null, 1, ada).items().getFirst().id();

        assertThat(notifications.read(List.of(newest, UUID.randomUUID()), ada)).isEqualTo(1);
        assertThat(notifications.read(List.of(newest), ada)).isZero();

        assertThat(notifications.page(false, null, null, 10, ada).items()).extracting(StoredNotification::title)
                .containsExactly("a");
        assertThat(notifications.page(true, null, null, 10, ada).items()).singleElement()
                .satisfies(read -> assertThat(read.readAt()).isNotNull());
        assertThat(notifications.page(null, "news", null, 10, ada).items()).hasSize(2);
        assertThat(notifications.page(null, "gossip", null, 10, ada).items()).isEmpty();
        assertThat(notifications.readAll(ada)).isEqualTo(1);
        assertThat(notifications.page(false, null, null, 10, ada)).isEqualTo(new NotificationPage(List.of(), 0, null));
    }

    @Test
    void tellsNobodyWhatTheyDoNotWant() {
        notifications.prefer(new NotificationPreferences(true, true, Map.of("news", new Kind(false, null, null))), ada);
        assertThat(notifications.send(told(ada, "a", "Unwanted"))).isFalse();
        assertThat(notifications.send(told(session(tenant, UUID.randomUUID()), "a", "To somebody else"))).isTrue();

        notifications.prefer(new NotificationPreferences(false, true, Map.of()), ada);
        assertThat(notifications.send(told(ada, "b", "Unwanted"))).isFalse();

        notifications.prefer(new NotificationPreferences(false, true, Map.of("news", new Kind(true, true, null))), ada);
        assertThat(notifications.send(told(ada, "c", "Wanted"))).isTrue();
        assertThat(notifications.page(null, null, null, 10, ada).items()).extracting(StoredNotification::title)
                .containsExactly("Wanted");
    }

    @Test
    void keepsWhatEverybodyWantsInTheirTenant() {
        var quiet = new NotificationPreferences(false, true, Map.of("news", new Kind(true, null, false)));
        notifications.prefer(new NotificationPreferences(true, false, Map.of("gossip", new Kind(false, null, null))),
                ada);
        notifications.prefer(quiet, ada);

        UUID user = Objects.requireNonNull(ada.userId());
        assertThat(notifications.preferences(ada)).isEqualTo(quiet);
        assertThat(notifications.preferences(tenant, user)).isEqualTo(quiet);
        assertThat(quiet.email("news")).isFalse();
        assertThat(quiet.email("gossip")).isTrue();
        for (Session other : List.of(session(tenant, UUID.randomUUID()), session(UUID.randomUUID(), user),
                Session.system(tenant, Origin.REST))) {
            assertThat(notifications.preferences(other)).isEqualTo(NotificationPreferences.DEFAULT);
        }
        notifications.prefer(quiet, Session.system(tenant, Origin.REST));

        var many = new HashMap<String, Kind>();
        for (int i = 0; i <= Notifications.MOST_KINDS; i++) {
            many.put("kind" + i, new Kind(false, null, null));
        }
        assertThatThrownBy(() -> notifications.prefer(new NotificationPreferences(true, true, many), ada))
                .isInstanceOf(PlatformException.class);
        assertThat(notifications.preferences(ada)).isEqualTo(quiet);
    }

    @Test
    void refusesPagesThatCannotBe() {
        assertThatThrownBy(() -> notifications.page(null, null, null, 0, ada)).isInstanceOfSatisfying(
                PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_REQUEST));
        assertThatThrownBy(() -> notifications.page(null, null, "7", 10, ada)).isInstanceOfSatisfying(
                PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_REQUEST));
    }

    private static Notification told(Session whom, String key, String title) {
        UUID user = whom.userId();
        assertThat(user).isNotNull();
        return new Notification(whom.tenant(), user, key, "news", title, null, "/somewhere");
    }

    private static Session session(UUID tenant, UUID user) {
        return new Session(tenant, new UserIdentity(user, user + "@example.com", "Somebody", null), Set.of(), false,
                Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }
}
