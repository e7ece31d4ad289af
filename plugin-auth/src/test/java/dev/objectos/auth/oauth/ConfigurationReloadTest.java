package dev.objectos.auth.oauth;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.HealthStatus;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a changed {@code auth.config.yml} does to a server that runs. */
final class ConfigurationReloadTest {

    private final Federation federation = Federation.shared();
    private final TestingServer server = federation.server;
    private final AuthConfigurations configurations = server.bean(AuthConfigurations.class);

    @AfterEach
    void asItWas() {
        federation.configure("");
        await(() -> configurations.get().local().enabled()
                && configurations.violations().stream().noneMatch(found -> found.isError()));
    }

    @Test
    void refusesPasswordsWhereTheyAreSwitchedOffButLocksNoAdministratorOut() {
        String email = Federation.freshEmail();
        String hash = server.bean(Passwords.class).encode("somebody's password 1");
        server.bean(Accounts.class).create(new NewAccount(Account.Kind.PERSON, email, null, "Somebody", hash, true,
                false, false), Session.DEFAULT_TENANT, Set.of("member"));
        assertThat(server.signIn(email, "somebody's password 1").status()).isEqualTo(200);
        federation.write("providers: {local: {enabled: false}}\n");
        await(() -> !configurations.get().local().enabled());
        assertThat(server.signIn(email, "somebody's password 1").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(server.signIn(email, "wrong").code()).isEqualTo("INVALID_EMAIL_OR_PASSWORD");
        assertThat(server.signIn(TestingServer.EMAIL, TestingServer.PASSWORD).status()).isEqualTo(200);
        assertThat(federation.begin("google").code()).isEqualTo("PROVIDER_NOT_FOUND");
    }

    @Test
    void asksOfNewPasswordsWhatTheFileAsks() {
        federation.configure("    passwordPolicy: {minLength: 20, requireNumbers: true}");
        await(() -> configurations.get().local().policy().minLength() == 20);
        assertThat(server.post("/api/auth/change-password",
                "{\"currentPassword\":\"" + TestingServer.PASSWORD + "\",\"newPassword\":\"short\"}", "Authorization",
                "Bearer " + server.administrator()).json().path("fields").findValuesAsString("code"))
                .containsExactly("min_length", "too_simple");
    }

    @Test
    void goesOnAsBeforeWhereTheFileIsWrong() {
        federation.configure("    passwordPolicy: {minLenght: 20}");
        await(() -> configurations.violations().stream().anyMatch(found -> found.isError()));
        assertThat(server.get("/api/auth/providers").json().path("providers").findValuesAsString("id"))
                .contains("google");
        assertThat(configurations.check().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(configurations.check().message()).contains("auth.config.yml:4:22", "minLength");
    }
}
