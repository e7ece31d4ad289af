package dev.objectos.auth.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.BusOptions;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SecurityEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class SecurityEventsTest {

    private static final TestingServer SERVER = TestingServer.shared();

    @Test
    void tellWhoDidWhatFromWhereAndNoSecret() {
        Person person = new TestingPeople(SERVER, "events").person(Session.DEFAULT_TENANT, "member");
        Instant begun = SERVER.clock().instant();
        var heard = new CopyOnWriteArrayList<SecurityEvent>();
        try (var _ = SERVER.bean(EventBus.class).subscribe("security.**", BusOptions.DEFAULT,
                event -> heard.add((SecurityEvent) event))) {
            SERVER.signIn(person.email(), "a wrong guess");
            Person again = person.again();
            again.post("/api/auth/change-password",
                    Map.of("currentPassword", TestingPeople.PASSWORD, "newPassword", "yet another password"));
            Eventually.await(() -> of(heard, person).contains("password.changed"), Duration.ofSeconds(10));
            assertThat(of(heard, person)).containsSubsequence("sign-in.failed", "sign-in.succeeded",
                    "password.changed");
            assertThat(heard).filteredOn(event -> person.account().equals(event.account())).allSatisfy(event -> {
                assertThat(event.ipAddress()).isEqualTo("127.0.0.1");
                assertThat(event.at()).isBetween(begun, SERVER.clock().instant());
                assertThat(event.toString()).doesNotContain(TestingPeople.PASSWORD, "a wrong guess",
                        "yet another password", again.token());
            });
            assertThat(heard).filteredOn(event -> event.action().equals("password.changed")
                    && person.account().equals(event.account())).singleElement().satisfies(event -> {
                        assertThat(event.tenant()).isEqualTo(Session.DEFAULT_TENANT);
                        assertThat(String.valueOf(event.user())).isEqualTo(person.id());
                        assertThat(event.impersonator()).isNull();
                    });
        }
    }

    private static List<String> of(List<SecurityEvent> heard, Person person) {
        return heard.stream().filter(event -> person.account().equals(event.account())).map(SecurityEvent::action)
                .toList();
    }
}
