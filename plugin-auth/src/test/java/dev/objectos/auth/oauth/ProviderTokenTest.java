package dev.objectos.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.oauth.TestingProvider.Signature;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens of providers, true ones and others. */
final class ProviderTokenTest {

    private final Federation federation = Federation.shared();
    private final TestingServer server = federation.server;
    private final TestingProvider provider = federation.provider;

    static Stream<Arguments> lies() {
        return Stream.of(lie("of another sign-in", token -> token.claim("nonce", "another")),
                lie("of none", token -> token.claim("nonce", null)),
                lie("for another client", token -> token.audience("another")),
                lie("asked for by another", token -> token.audience(List.of(TestingProvider.CLIENT, "another"))
                        .claim("azp", "another")),
                lie("for several, asked for by nobody", token -> token.audience(
                        List.of(TestingProvider.CLIENT, "another"))),
                lie("of another issuer", token -> token.issuer("https://accounts.example.com")),
                lie("too old", token -> token.expirationTime(
                        Date.from(Federation.shared().server.clock().instant().minus(Duration.ofMinutes(2))))),
                lie("without an end", token -> token.expirationTime(null)),
                lie("of tomorrow", token -> token.issueTime(
                        Date.from(Federation.shared().server.clock().instant().plus(Duration.ofDays(1))))),
                lie("of nobody", token -> token.subject(null)));
    }

    private static Arguments lie(String what, Consumer<JWTClaimsSet.Builder> claims) {
        return Arguments.of(what, claims);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void believesNoTokenThatIs(@SuppressWarnings("unused") String what, Consumer<JWTClaimsSet.Builder> claims) {
        String email = Federation.freshEmail();
        federation.person(email, true);
        provider.claims = claims;
        refusedAndNobodyMade(federation.signIn("google"), email);
    }

    @ParameterizedTest
    @EnumSource(value = Signature.class, names = "PROPER", mode = EnumSource.Mode.EXCLUDE)
    void believesNoTokenSignedBy(Signature signature) {
        String email = Federation.freshEmail();
        federation.person(email, true);
        provider.signature = signature;
        refusedAndNobodyMade(federation.signIn("google"), email);
    }

    private void refusedAndNobodyMade(Answer answer, String email) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("PROVIDER_REFUSED");
        assertThat(answer.response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.contains("session_token"));
        assertThat(server.stored("select id from platform.account where email = '" + email + "'")).isEmpty();
    }

    @Test
    void asksForAKeyThatItDoesNotKnowYetButNotForEachForgery() {
        federation.person(Federation.freshEmail(), true);
        assertThat(federation.signIn("google").status()).isEqualTo(302);
        provider.changeKey();
        server.clock().advance(Duration.ofSeconds(11));
        assertThat(federation.signIn("google").status()).isEqualTo(302);
        int asked = provider.keysAsked.get();
        provider.changeKey();
        assertThat(federation.signIn("google").code()).isEqualTo("PROVIDER_REFUSED");
        assertThat(provider.keysAsked.get()).isEqualTo(asked);
        server.clock().advance(Duration.ofSeconds(11));
        assertThat(federation.signIn("google").status()).isEqualTo(302);
    }

    @Test
    void asksForAnAddressThatTheTokenDoesNotTell() {
        String email = Federation.freshEmail();
        federation.person(email, true);
        provider.tellsByUserInfo = true;
        assertThat(federation.whoIs(federation.signIn("google")).json().at("/user/email").asString())
                .isEqualTo(email);
        provider.claims = token -> token.subject("somebody-else");
        assertThat(federation.signIn("google").code()).isEqualTo("PROVIDER_REFUSED");
    }

    @Test
    void keepsATokenThatLiesAboutForItsOwnTimeOnly() {
        federation.person(Federation.freshEmail(), true);
        provider.claims = token -> token.expirationTime(
                Date.from(server.clock().instant().plus(Duration.ofDays(1))));
        String token = provider.idToken(provider.origin(), null);
        String body = "{\"provider\":\"google\",\"idToken\":{\"token\":\"" + token + "\"}}";
        server.clock().advance(Duration.ofMinutes(11));
        assertThat(server.post("/api/auth/sign-in/social", body).code()).isEqualTo("PROVIDER_REFUSED");
    }

    @Test
    void signsInAnApplicationThatHasGotATokenByItself() {
        String email = Federation.freshEmail();
        federation.person(email, true);
        String token = provider.idToken(provider.origin(), "n-1");
        Answer signedIn = server.post("/api/auth/sign-in/social",
                "{\"provider\":\"google\",\"idToken\":{\"token\":\"" + token + "\",\"nonce\":\"n-1\"}}");
        assertThat(signedIn.status()).as("%s", signedIn.json()).isEqualTo(200);
        assertThat(signedIn.json().at("/user/email").asString()).isEqualTo(email);
        assertThat(server.get("/api/data/user", "Authorization", "Bearer " + signedIn.token()).status())
                .isIn(200, 403);
        Answer again = server.post("/api/auth/sign-in/social",
                "{\"provider\":\"google\",\"idToken\":{\"token\":\"" + token + "\",\"nonce\":\"n-1\"}}");
        assertThat(again.code()).as("whoever has seen it on its way").isEqualTo("PROVIDER_REFUSED");
        assertThat(server.post("/api/auth/sign-in/social",
                "{\"provider\":\"google\",\"idToken\":{\"token\":\"" + token + "\",\"nonce\":\"n-2\"}}").code())
                .isEqualTo("PROVIDER_REFUSED");
        assertThat(server.post("/api/auth/sign-in/social",
                "{\"provider\":\"google\",\"idToken\":{\"token\":\"x.y.z\"}}").code()).isEqualTo("PROVIDER_REFUSED");
        assertThat(server.post("/api/auth/sign-in/social",
                "{\"provider\":\"google\",\"idToken\":{\"token\":\"" + token + "\"}}").code())
                .as("with a nonce that nobody has shown to know").isEqualTo("PROVIDER_REFUSED");
    }
}
