package dev.objectos.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.auth.tenant.TenantSettings.Registration;
import dev.objectos.runtime.session.Session;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Providers that serve one tenant each. */
final class ProviderTenantTest {

    private static final UUID ACME = tenant("acme-federation", TenantSettings.NONE);

    static {
        tenant("open-federation", registration(Registration.OPEN, Set.of()));
        tenant("domains-federation", registration(Registration.DOMAINS, Set.of("example.net")));
        tenant("picky-federation",
                new TenantSettings(null, null, null, Set.of("password"), null, null, null));
    }

    private final Federation federation = Federation.shared();
    private final TestingServer server = federation.server;

    private static UUID tenant(String slug, TenantSettings settings) {
        TestingServer server = Federation.shared().server;
        return server.bean(TenantRepository.class)
                .save(new Tenant(UUID.randomUUID(), slug, slug, settings, server.clock().instant())).id();
    }

    private static TenantSettings registration(Registration registration, Set<String> domains) {
        return new TenantSettings(null, null, null, null, registration, domains, null);
    }

    @Test
    void bringPeopleToWorkThere() {
        federation.person(Federation.freshEmail(), true);
        assertThat(tenantOf(federation.signIn("acme"))).isEqualTo(ACME.toString());
    }

    @Test
    void letThoseInOnceWhoHaveAnAccountAlready() {
        String email = Federation.freshEmail();
        Account account = server.bean(Accounts.class).create(NewAccount.person(email, "Somebody", true),
                Session.DEFAULT_TENANT, Set.of("member"));
        federation.person(email, true);
        assertThat(tenantOf(federation.signIn("acme"))).isEqualTo(ACME.toString());
        server.stored("delete from platform.membership where account_id = '" + account.id() + "' and tenant_id = '"
                + ACME + "' returning user_id");
        assertThat(federation.signIn("acme").code()).as("was removed").isEqualTo("PERMISSION_DENIED");
        assertThat(server.bean(MembershipRepository.class).findById(new Membership.Key(account.id(), ACME))).isEmpty();
    }

    @Test
    void takeInWhomTheTenantWouldTakeIn() {
        federation.person(Federation.freshEmail(), false);
        assertThat(federation.signIn("open").status()).isEqualTo(302);
        federation.person(Federation.freshEmail(), true);
        assertThat(federation.signIn("domains").code()).isEqualTo("SIGN_UP_REFUSED");
        federation.person("n" + UUID.randomUUID() + "@example.net", false);
        assertThat(federation.signIn("domains").code()).as("anybody may say so").isEqualTo("SIGN_UP_REFUSED");
        federation.person("n" + UUID.randomUUID() + "@Example.net", true);
        assertThat(federation.signIn("domains").status()).isEqualTo(302);
    }

    @Test
    void openNoTenantThatDoesNotAcceptThemOrIsNotThere() {
        federation.person(Federation.freshEmail(), true);
        assertThat(federation.signIn("picky").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(federation.signIn("nowhere").status()).isEqualTo(503);
    }

    @Test
    void areToldNothingByStrangeNamesAndAddresses() {
        String subject = federation.person("no address", true);
        federation.provider.person = java.util.Map.of("sub", subject, "email", "no address", "email_verified", true,
                "name", "A\u0000\u0007" + "b".repeat(500));
        Answer session = federation.whoIs(federation.signIn("google"));
        assertThat(session.json().at("/user/email").asString()).endsWith("@google.invalid");
        assertThat(session.json().at("/user/name").asString()).startsWith("Ab").hasSize(100);
        federation.provider.person = java.util.Map.of("sub", "x".repeat(5_000), "name", "Pat");
        assertThat(federation.signIn("google").code()).isEqualTo("PROVIDER_REFUSED");
    }

    private String tenantOf(Answer signedIn) {
        assertThat(signedIn.status()).as("%s", signedIn.json()).isEqualTo(302);
        return federation.whoIs(signedIn).json().at("/session/activeOrganizationId").asString();
    }
}
