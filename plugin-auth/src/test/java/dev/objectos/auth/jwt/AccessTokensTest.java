package dev.objectos.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.session.Logins;
import dev.objectos.runtime.session.Session;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tokens that stand for a session, over HTTP. */
final class AccessTokensTest {

    private final TestingServer server = TestingServer.shared();

    @Test
    void openWhatTheSessionOpensAndSayWhose() throws Exception {
        Person person = TestingPeople.somebody(server, "member");
        Answer answer = server.get("/api/auth/token", "Authorization", person.bearer());
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        String token = answer.token();
        assertThat(open(token).status()).isEqualTo(200);
        assertThat(server.get("/api/auth/get-session", "Authorization", "Bearer " + token).json().at("/user/email")
                .asString()).isEqualTo(person.email());

        SignedJWT jwt = SignedJWT.parse(token);
        Answer jwks = server.get("/api/auth/jwks");
        assertThat(jwks.response().body()).doesNotContain("\"d\"");
        ECKey key = (ECKey) JWKSet.parse(jwks.response().body())
                .getKeyByKeyId(jwt.getHeader().getKeyID());
        assertThat(jwt.verify(new ECDSAVerifier(key))).as("others verify it by the published keys").isTrue();
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        Answer session = server.get("/api/auth/get-session", "Authorization", person.bearer());
        assertThat(claims.getIssuer()).isEqualTo("objectos");
        assertThat(claims.getAudience()).containsExactly("objectos");
        assertThat(claims.getSubject()).isEqualTo(session.json().at("/user/id").asString());
        assertThat(claims.getStringClaim("sid")).isEqualTo(session.json().at("/session/id").asString());
        assertThat(claims.getStringClaim("tenant")).isEqualTo(Session.DEFAULT_TENANT.toString());
        assertThat(claims.getStringClaim("account")).isEqualTo(person.account().toString());
        assertThat(claims.getStringListClaim("roles")).containsExactly("member");
        assertThat(claims.getJWTID()).isNotBlank();
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(server.clock().instant().plus(Duration.ofMinutes(15)));
    }

    @Test
    void endAfterTheirTimeAndWithTheirSession() {
        Person person = TestingPeople.somebody(server, "member");
        String first = token(person);
        server.clock().advance(Duration.ofMinutes(15));
        assertThat(open(first).status()).isEqualTo(401);

        String second = token(person);
        assertThat(open(second).status()).isEqualTo(200);
        server.post("/api/auth/sign-out", null, "Authorization", person.bearer());
        assertThat(open(second).status()).isEqualTo(401);
    }

    @Test
    void signOutTheSessionThatTheyStandFor() {
        Person person = TestingPeople.somebody(server, "member");
        String token = token(person);
        assertThat(server.post("/api/auth/sign-out", null, "Authorization", "Bearer " + token).status()).isEqualTo(200);
        assertThat(server.get("/api/data/user", "Authorization", person.bearer()).status()).isEqualTo(401);
        assertThat(open(token).status()).isEqualTo(401);
    }

    @Test
    void followWhatTheAccountMayDoByNow() {
        Person person = TestingPeople.somebody(server, "member");
        String token = token(person);
        assertThat(open(token).status()).isEqualTo(200);
        server.bean(Accounts.class).join(server.bean(Accounts.class).current(person.account()),
                Session.DEFAULT_TENANT, Set.of("other"));
        server.forgetSessions();
        assertThat(server.get("/api/auth/get-session", "Authorization", "Bearer " + token).json().at("/user/role")
                .asString()).isEqualTo("other");
        AccountRepository accounts = server.bean(AccountRepository.class);
        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
            Account account = accounts.findById(person.account()).orElseThrow();
            account.ban(null, null, server.clock().instant());
            accounts.save(account);
        });
        server.bean(Logins.class).forget(person.account());
        assertThat(open(token).status()).isEqualTo(401);
    }

    @Test
    void areNotForWhoHasShownAnApiKey() {
        Person person = TestingPeople.somebody(server, "member");
        String key = server.post("/api/auth/api-key/create", "{\"name\":\"x\"}", "Authorization", person.bearer())
                .json().path("key").asString();
        assertThat(server.get("/api/auth/token", "X-API-Key", key).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(server.post("/api/auth/token", null, "X-API-Key", key).code()).isEqualTo("PERMISSION_DENIED");
        assertThat(server.get("/api/auth/token").code()).isEqualTo("UNAUTHENTICATED");
    }

    private String token(Person person) {
        return server.get("/api/auth/token", "Authorization", person.bearer()).token();
    }

    private Answer open(String token) {
        return server.get("/api/data/user", "Authorization", "Bearer " + token);
    }
}
