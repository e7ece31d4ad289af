package dev.objectos.auth.twofactor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.SecurityEvent;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Administrators take away what somebody has lost. */
final class LostFactorTest {

    private static final String REMOVE = "/api/auth/admin/remove-second-factor";

    private final TestingServer server = TestingServer.shared();
    private final TestingPeople people = new TestingPeople(server, "lost");

    private static Answer remove(Person by, Person whose) {
        return by.post(REMOVE, Map.of("userId", whose.id()));
    }

    @Test
    void isTakenAwayAndToldOf() {
        var told = new CopyOnWriteArrayList<SecurityEvent>();
        server.bean(EventBus.class).subscribe(SecurityEvent.class, told::add);
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person person = people.person(tenant, "member");
        TestingFactor.of(server, person.account());
        assertThat(person.get("/api/auth/get-session").json().at("/user/twoFactorEnabled").asBoolean()).isTrue();
        assertThat(admin.get("/api/auth/admin/get-user?id=" + person.id()).json().path("twoFactorEnabled")
                .asBoolean()).isTrue();
        assertThat(server.signIn(person.email(), TestingPeople.PASSWORD).json().path("twoFactorRedirect").asBoolean())
                .isTrue();

        Answer removed = remove(admin, person);
        assertThat(removed.status()).as("%s", removed.json()).isEqualTo(200);
        assertThat(person.get("/api/auth/get-session").json().isNull()).as("all sessions end").isTrue();
        Person again = person.again();
        assertThat(again.get("/api/auth/get-session").json().at("/user/twoFactorEnabled").asBoolean(true)).isFalse();
        assertThat(server.stored("select count(*) from platform.backup_code where account_id = '" + person.account()
                + "'")).containsExactly("0");
        assertThat(TestingReader.text(TestingReader.mail(server, person.email(), 1))).contains("administrator",
                person.email());
        Eventually.await(() -> told.stream().anyMatch(event -> event.action().equals("second-factor.removed")
                && admin.account().equals(event.account())
                && person.account().toString().equals(event.details().get("account"))));
        assertThat(remove(admin, person).code()).as("there is none any more").isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void staysWhereSomebodyElseWouldHaveToDecide() {
        UUID tenant = people.tenant();
        Person admin = people.person(tenant, "admin");
        Person owner = people.person(tenant, "owner");
        Person member = people.person(tenant, "member");
        Person abroad = people.person(people.tenant(), "member");
        Person traveller = people.person(tenant, "member");
        people.join(traveller, abroad.tenant(), "member");
        TestingFactor.of(server, owner.account());
        TestingFactor.of(server, abroad.account());
        TestingFactor.of(server, traveller.account());
        TestingFactor.of(server, admin.account());
        assertThat(remove(member, owner).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(remove(admin, owner).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(remove(admin, admin).code()).as("nobody their own").isEqualTo("PERMISSION_DENIED");
        assertThat(remove(admin, abroad).code()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(remove(admin, traveller).code()).as("it guards another organization too")
                .isEqualTo("PERMISSION_DENIED");
        assertThat(admin.post(REMOVE, Map.of()).code()).isEqualTo("VALIDATION_FAILED");
        Person platform = people.platformAdministrator(Session.DEFAULT_TENANT);
        String slug = server.stored("select slug from platform.tenant where id = '" + tenant + "'").getFirst();
        assertThat(platform.post(REMOVE, Map.of("userId", traveller.id()), "X-Tenant", slug).status()).isEqualTo(200);
    }
}
