package dev.objectos.auth.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.SessionLease;
import dev.objectos.runtime.spi.SessionLeases;
import org.junit.jupiter.api.Test;

/** Whoever signs in otherwise than with a request. */
final class CredentialLeasesTest {

    private final TestingServer server = TestingServer.shared();

    @Test
    void aTokenIsItsUsersUntilTheySignOut() {
        Person person = TestingPeople.somebody(server, "member");
        SessionLease lease = server.bean(SessionLeases.class).of(person.token());
        assertThat(lease.current()).map(Session::user).map(UserIdentity::email).contains(person.email());
        assertThat(lease.current()).map(Session::platformAdministrator).contains(false);

        server.post("/api/auth/sign-out", "{}", "Authorization", person.bearer());
        server.forgetSessions();
        assertThat(lease.current()).isEmpty();
    }

    @Test
    void whatIsNoCredentialIsNobodys() {
        assertThat(server.bean(SessionLeases.class).of("whatever").current()).isEmpty();
        assertThat(server.bean(SessionLeases.class).of("").current()).isEmpty();
    }
}
