package dev.objectos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Membership;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** People and tenants of a test's own, behind the surface that is tested. */
public final class TestingPeople {

    public static final String PASSWORD = "a password of somebody";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestingServer server;
    private final String prefix;

    /** @param prefix of all names, so that no other test has them */
    public TestingPeople(TestingServer server, String prefix) {
        this.server = server;
        this.prefix = prefix;
    }

    /** Somebody who has signed in. */
    public record Person(TestingServer server, UUID account, UUID tenant, String id, String email, String token) {

        public Answer get(String path, String... headers) {
            return server.get(path, with(headers));
        }

        public Answer post(String path, Map<String, ?> body, String... headers) {
            return server.post(path, JsonMapper.shared().writeValueAsString(body), with(headers));
        }

        public Answer send(String method, String path, @Nullable String body, String... headers) {
            return server.send(method, path, body, with(headers));
        }

        private String[] with(String... headers) {
            String[] all = Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Authorization";
            all[headers.length + 1] = "Bearer " + token;
            return all;
        }

        public String bearer() {
            return "Bearer " + token;
        }

        /** Signs in once more. */
        public Person again() {
            server.clock().advance(Duration.ofSeconds(1));
            Answer answer = server.signIn(email, PASSWORD);
            assertThat(answer.status()).as("%s", answer.json()).isEqualTo(200);
            return new Person(server, account, tenant, id, email, answer.token());
        }
    }

    /** Somebody in the first tenant, signed in, for tests that need nobody else. */
    public static Person somebody(TestingServer server, String... roles) {
        return new TestingPeople(server, "somebody").person(Session.DEFAULT_TENANT, roles);
    }

    public UUID tenant() {
        return tenant(prefix + "-" + NUMBER.incrementAndGet());
    }

    public UUID tenant(String slug) {
        var made = new Tenant(UUID.randomUUID(), slug, "The " + slug, TenantSettings.NONE, server.clock().instant());
        new TransactionTemplate(server.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> server.bean(TenantRepository.class).save(made));
        return made.id();
    }

    public Person person(UUID tenant, String... roles) {
        return named(prefix + NUMBER.incrementAndGet() + "@example.com", tenant, roles);
    }

    public Person named(String email, UUID tenant, String... roles) {
        return made(email, tenant, false, roles);
    }

    public Person platformAdministrator(UUID tenant) {
        return made(prefix + NUMBER.incrementAndGet() + "@example.com", tenant, true, "member");
    }

    private Person made(String email, UUID tenant, boolean platform, String... roles) {
        Account account = server.bean(Accounts.class).create(
                new NewAccount(Account.Kind.PERSON, email, null, "Person " + email,
                        server.bean(Passwords.class).encode(PASSWORD), true, false, platform),
                tenant, Set.of(roles));
        return new Person(server, account.id(), tenant, user(account.id(), tenant), email, "").again();
    }

    /** The account's record in the tenant. */
    public String user(UUID account, UUID tenant) {
        return server.bean(MembershipRepository.class)
                .findById(new Membership.Key(account, tenant)).orElseThrow().userId()
                .toString();
    }

    /** Lets somebody work in another tenant too. */
    public void join(Person person, UUID tenant, String... roles) {
        server.bean(Accounts.class).join(server.bean(Accounts.class).current(person.account()), tenant, Set.of(roles));
    }
}
