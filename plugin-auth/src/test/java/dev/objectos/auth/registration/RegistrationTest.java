package dev.objectos.auth.registration;

import static dev.objectos.auth.TestingReader.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.auth.tenant.TenantSettings.Registration;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Accounts that people make for themselves, over HTTP and by mail. */
final class RegistrationTest {

    private static final String PASSWORD = "my own long sentence";

    private final TestingServer server = TestingServer.shared();

    @Test
    void isClosedUnlessATenantOpensIt() {
        Answer refused = server.post("/api/auth/sign-up/email",
                json("name", "New", "email", TestingReader.freshEmail(), "password", PASSWORD));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("REGISTRATION_CLOSED");
        Tenant byInvitation = tenant(Registration.INVITATION);
        assertThat(TestingReader.members(register(byInvitation.slug(), TestingReader.freshEmail())))
                .isEqualTo(TestingReader.members(refused))
                .isEqualTo(TestingReader.members(register("no-such-organization", TestingReader.freshEmail())));
    }

    @Test
    void makesAnAccountOnceTheAddressIsConfirmed() {
        Tenant tenant = tenant(Registration.OPEN);
        String email = TestingReader.freshEmail();
        Answer asked = register(tenant.slug(), email);
        assertThat(asked.status()).as("%s", asked.json()).isEqualTo(200);
        assertThat(asked.json().path("token").isNull()).isTrue();
        assertThat(asked.json().at("/user/email").asString()).isEqualTo(email);
        assertThat(asked.header("Set-Cookie")).isNull();
        String token = TestingReader.mailedToken(server, email, 1);
        assertThat(server.signIn(email, PASSWORD).code()).as("not yet").isEqualTo("INVALID_EMAIL_OR_PASSWORD");
        assertThat(server.get("/api/auth/verify-email?token=" + token).status()).isEqualTo(200);
        Answer signedIn = server.signIn(email, PASSWORD);
        assertThat(signedIn.status()).isEqualTo(200);
        assertThat(signedIn.json().at("/user/roles/0").asString()).isEqualTo("member");
        assertThat(signedIn.json().at("/user/emailVerified").asBoolean()).isTrue();
        assertThat(server.get("/api/auth/get-session", "Authorization", "Bearer " + signedIn.token()).json()
                .at("/session/activeOrganizationId").asString()).isEqualTo(tenant.id().toString());
        assertThat(server.get("/api/auth/verify-email?token=" + token).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void answersAlikeWhetherTheAddressHasAnAccountAndTellsItsOwnerAlone() {
        Tenant tenant = tenant(Registration.OPEN);
        TestingReader owner = TestingReader.in(server, tenant.id());
        String fresh = TestingReader.freshEmail();
        String known = register(tenant.slug(), owner.email()).json().toString().replace(owner.email(), "…");
        assertThat(register(tenant.slug(), fresh).json().toString().replace(fresh, "…")).isEqualTo(known);
        assertThat(TestingReader.text(TestingReader.mail(server, owner.email(), 1))).contains("has an account already")
                .doesNotContain("token");
        assertThat(server.signIn(owner.email(), PASSWORD).status()).isEqualTo(401);
        assertThat(owner.token()).isNotEmpty();
    }

    @Test
    void letsNobodyChooseThePasswordOfSomebodyElsesRegistration() {
        Tenant tenant = tenant(Registration.OPEN);
        String email = TestingReader.freshEmail();
        register(tenant.slug(), email);
        String own = TestingReader.mailedToken(server, email, 1);
        server.post("/api/auth/sign-up/email", json("name", "Mallory", "email", email, "password",
                "what mallory would choose", "organization", tenant.slug()));
        String mallorys = TestingReader.mailedToken(server, email, 2);
        server.post("/api/auth/send-verification-email", json("email", email));
        assertThat(server.post("/api/auth/verify-email", json("token", own)).status()).isEqualTo(200);
        assertThat(server.signIn(email, PASSWORD).status()).isEqualTo(200);
        assertThat(server.signIn(email, "what mallory would choose").status()).isEqualTo(401);
        assertThat(server.post("/api/auth/verify-email", json("token", mallorys)).code()).isEqualTo("INVALID_TOKEN");
    }

    @Test
    void asksAgainOnRequest() {
        Tenant tenant = tenant(Registration.OPEN);
        String email = TestingReader.freshEmail();
        register(tenant.slug(), email);
        TestingReader.mail(server, email, 1);
        server.post("/api/auth/send-verification-email", json("email", email));
        assertThat(server.post("/api/auth/verify-email", json("token", TestingReader.mailedToken(server, email, 2)))
                .status()).isEqualTo(200);
        assertThat(server.signIn(email, PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void forgetsARegistrationAfterADay() {
        Tenant tenant = tenant(Registration.OPEN);
        String email = TestingReader.freshEmail();
        register(tenant.slug(), email);
        String token = TestingReader.mailedToken(server, email, 1);
        server.clock().advance(Duration.ofHours(24));
        assertThat(server.get("/api/auth/verify-email?token=" + token).code()).isEqualTo("INVALID_TOKEN");
        assertThat(server.signIn(email, PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void admitsAddressesOfDomainsThatATenantNames() {
        Tenant tenant = TestingReader.tenant(server,
                new TenantSettings(null, null, null, null, Registration.DOMAINS, Set.of("Mail.Example.Org"), null));
        assertThat(register(tenant.slug(), TestingReader.freshEmail()).status()).isEqualTo(200);
        for (String elsewhere : new String[]{"a@example.org", "a@evil-mail.example.org", "a@mail.example.org.evil.com",
                "a@mail.example.org@evil.com"}) {
            assertThat(register(tenant.slug(), elsewhere).code()).as(elsewhere).isEqualTo("REGISTRATION_CLOSED");
        }
    }

    @Test
    void namesEverythingThatIsWrong() {
        Tenant tenant = tenant(Registration.OPEN);
        assertThat(server.post("/api/auth/sign-up/email", "{}").json().path("fields").findValuesAsString("field"))
                .containsExactly("name", "email", "password");
        Answer wrong = server.post("/api/auth/sign-up/email", json("name", "a\u0000b", "email", "nonsense",
                "username", "a@b.example", "password", "password123", "organization", tenant.slug()));
        assertThat(wrong.json().path("fields").findValuesAsString("field")).containsExactlyInAnyOrder("email", "name",
                "username", "password");
        assertThat(wrong.json().toString()).contains("too_common").doesNotContain("password123");
        assertThat(server.post("/api/auth/sign-up/email",
                json("name", "New", "email", TestingReader.freshEmail(), "password", PASSWORD, "organization",
                        tenant.slug(), "callbackURL", "https://evil.example"))
                .status()).isEqualTo(400);
    }

    @Test
    void writesInTheLanguageOfTheBrowser() throws Exception {
        Tenant tenant = tenant(Registration.OPEN);
        String email = TestingReader.freshEmail();
        server.post("/api/auth/sign-up/email",
                json("name", "Neu", "email", email, "password", PASSWORD, "organization", tenant.slug()),
                "Accept-Language", "de-CH, en;q=0.5");
        assertThat(TestingReader.mail(server, email, 1).getSubject()).isEqualTo("Bestätigen Sie Ihre Registrierung");
    }

    private Tenant tenant(Registration registration) {
        return TestingReader.tenant(server,
                new TenantSettings(null, null, null, null, registration, null, null));
    }

    private Answer register(String organization, String email) {
        return server.post("/api/auth/sign-up/email",
                json("name", "New", "email", email, "password", PASSWORD, "organization", organization));
    }
}
