package dev.objectos.auth.oauth;

import static dev.objectos.runtime.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.provider.AuthConfigurations;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.HealthStatus;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
        for (String address : List.of(email, TestingServer.EMAIL)) {
            assertThat(server.post("/api/auth/request-password-reset", "{\"email\":\"" + address + "\"}").status())
                    .isEqualTo(200);
        }
        TestingReader.mail(server, TestingServer.EMAIL, 1);
        assertThat(TestingReader.mails(server, email)).as("a password would open nothing").isEmpty();
    }

    @Test
    void opensNothingByALinkOfBefore() {
        TestingReader person = TestingReader.on(server);
        server.post("/api/auth/request-password-reset", "{\"email\":\"" + person.email() + "\"}");
        String token = TestingReader.mailedToken(server, person.email(), 1);
        federation.write("providers: {local: {enabled: false}}\n");
        await(() -> !configurations.get().local().enabled());
        assertThat(server.post("/api/auth/reset-password",
                "{\"token\":\"" + token + "\",\"newPassword\":\"another long password\"}").code())
                .isEqualTo("INVALID_TOKEN");
    }

    @Test
    void tellsPlatformAdministratorsOfEverythingDoubtful() {
        federation.write("""
                providers:
                  local:
                    passwordPolicy: {minLenght: 20}
                  oauth2:
                    google: {clientId: a, clientSecret: b, roles: [salse], roleMapping: {Boss: [admin, bos]}}
                """);
        await(() -> configurations.violations().stream().anyMatch(found -> found.isError()));
        JsonNode entries = server.get("/api/metadata/diagnostics?type=auth", "Authorization",
                "Bearer " + server.administrator()).json().path("entries");
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("severity").asString()).isEqualTo("error");
            assertThat(entry.path("file").asString()).endsWith("auth.config.yml");
            assertThat(entry.path("line").asInt()).isEqualTo(3);
            assertThat(entry.path("message").asString()).contains("minLenght");
        });
        assertThat(entries).anySatisfy(entry -> {
            assertThat(entry.path("severity").asString()).isEqualTo("warning");
            assertThat(entry.path("line").asInt()).isEqualTo(5);
            assertThat(entry.path("message").asString()).contains("providers.oauth2.google", "salse");
        });
        assertThat(entries.findValuesAsString("message")).anyMatch(message -> message.contains(" bos"))
                .noneMatch(message -> message.contains("role admin"));
        String member = TestingReader.on(server).token();
        assertThat(server.get("/api/metadata/diagnostics?type=auth", "Authorization", "Bearer " + member).json()
                .path("entries")).isEmpty();
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
