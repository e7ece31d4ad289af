package dev.objectos.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.spi.SecretSeal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The keys behind tokens, as several nodes see them. */
final class SigningKeysTest {

    private final TestingServer server = TestingServer.shared();
    private final JwtProperties properties = server.bean(JwtProperties.class);

    @Test
    void signForTheirTimeAndVerifyUntilTheLastTokenIsOver() {
        startAnew();
        SigningKeys one = node();
        SigningKeys other = node();
        UUID first = one.current().id();
        assertThat(other.current().id()).as("nodes agree").isEqualTo(first);
        Person early = TestingPeople.somebody(server, "member");
        assertThat(server.get("/api/auth/token", "Authorization", early.bearer()).status()).isEqualTo(200);

        server.clock().advance(properties.rotation().minus(Duration.ofMinutes(30)));
        assertThat(one.current().id()).isEqualTo(first);
        Person person = TestingPeople.somebody(server, "member");
        String token = server.get("/api/auth/token", "Authorization", person.bearer()).token();
        assertThat(one.published()).as("the next one is known before it signs").hasSizeGreaterThan(1);

        server.clock().advance(Duration.ofMinutes(30));
        UUID next = other.current().id();
        assertThat(next).isNotEqualTo(first);
        assertThat(one.current().id()).isEqualTo(next);
        assertThat(server.get("/api/data/user", "Authorization", "Bearer " + token).status())
                .as("its token is over, whoever signed it").isEqualTo(401);
        server.clock().advance(properties.lifetime().plus(SigningKeys.SKEW));
        assertThat(one.verifying(first)).isEmpty();
        assertThat(one.verifying(next)).isPresent();
    }

    @Test
    void areFoundByANodeThatDidNotMakeThem() {
        SigningKeys late = node();
        late.published();
        forgetAll();
        SigningKeys maker = node();
        UUID made = maker.current().id();
        server.clock().advance(Duration.ofSeconds(1));
        assertThat(late.verifying(made)).isPresent();
        assertThat(late.verifying(UUID.randomUUID())).isEmpty();
        server.clock().advance(Duration.ofMinutes(1));
        server.bean(SigningKeys.class).current();
    }

    @Test
    void areMadeOnceHoweverManyAskAtOnce() throws Exception {
        forgetAll();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<UUID>> asking = IntStream.range(0, 6)
                    .<Callable<UUID>>mapToObj(_ -> () -> node().current().id())
                    .toList();
            List<Future<UUID>> answers = threads.invokeAll(asking);
            UUID first = answers.getFirst().get();
            for (Future<UUID> answer : answers) {
                assertThat(answer.get()).isEqualTo(first);
            }
        }
        assertThat(server.stored("select count(*) from platform.signing_key")).containsExactly("1");
        server.clock().advance(Duration.ofMinutes(1));
    }

    @Test
    void areStoredSealed() {
        node().current();
        assertThat(server.stored("select private_key from platform.signing_key")).isNotEmpty()
                .allSatisfy(stored -> assertThat(stored).startsWith("$aes-gcm$"));
        assertThat(server.stored("select public_key from platform.signing_key"))
                .allSatisfy(stored -> assertThat(stored).doesNotContain("\"d\""));
    }

    private void forgetAll() {
        server.stored("delete from platform.signing_key returning 1");
    }

    /** Whatever other tests have made of the time: the server's own key is new, and signs for as long as one does. */
    private void startAnew() {
        forgetAll();
        server.clock().advance(Duration.ofMinutes(1));
        server.bean(SigningKeys.class).current();
    }

    /** What another process over the same database would have. */
    private SigningKeys node() {
        return new SigningKeys(new SigningKeyTable(server.bean(Databases.class).worker()),
                server.bean(SecretSeal.class),
                new TransactionTemplate(server.bean(PlatformTransactionManager.class)), properties,
                server.bean(SecurityEvents.class), server.clock());
    }
}
