package dev.objectos.auth.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tokens that look like ours and are not, or not any more. */
final class ForgedTokensTest {

    private final TestingServer server = TestingServer.shared();

    @Test
    void openNothing() throws Exception {
        Person person = TestingPeople.somebody(server, "member");
        String real = server.get("/api/auth/token", "Authorization", person.bearer()).token();
        SignedJWT jwt = SignedJWT.parse(real);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        String kid = jwt.getHeader().getKeyID();
        String[] parts = real.split("\\.");
        ECKey published = server.bean(SigningKeys.class).published().getFirst();
        ECKey own = new ECKeyGenerator(Curve.P_256).keyID(kid).generate();
        JWSSigner ours = server.bean(SigningKeys.class).current().signer();
        JWSHeader header = header(kid).build();
        Date past = Date.from(server.clock().instant().minusSeconds(1));
        Date future = Date.from(server.clock().instant().plus(Duration.ofMinutes(5)));
        var attempts = new LinkedHashMap<String, String>();
        attempts.put("unsigned", new PlainJWT(claims).serialize());
        attempts.put("algorithm none with our signature", encode("{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"" + kid
                + "\"}") + "." + parts[1] + "." + parts[2]);
        attempts.put("algorithm None", encode("{\"alg\":\"None\",\"kid\":\"" + kid + "\"}") + "." + parts[1] + ".");
        attempts.put("no signature", parts[0] + "." + parts[1] + ".");
        attempts.put("signature of zeros", parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
        attempts.put("other claims", parts[0] + "." + encode(claims.toString().replace("member", "admin")) + "."
                + parts[2]);
        attempts.put("a bit of the signature", parts[0] + "." + parts[1] + "."
                + (parts[2].startsWith("A") ? "B" : "A") + parts[2].substring(1));
        attempts.put("signed by HMAC with the public key as its secret",
                sign(new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID(kid).build(), claims,
                        new MACSigner(published.toPublicJWK().toJSONString())));
        attempts.put("another's key under our id", sign(header, claims, new ECDSASigner(own)));
        attempts.put("another's key inside", sign(header(kid).jwk(own.toPublicJWK()).build(), claims,
                new ECDSASigner(own)));
        attempts.put("an unknown key", sign(header(UUID.randomUUID().toString()).build(), claims,
                new ECDSASigner(own)));
        attempts.put("a key's id that is none", sign(header("../../secret.key").build(), claims,
                new ECDSASigner(own)));
        attempts.put("no key's id", sign(new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).build(),
                claims, ours));
        attempts.put("another type", sign(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("logout"))
                .keyID(kid).build(), claims, ours));
        attempts.put("something critical that we do not know",
                sign(header(kid).criticalParams(Set.of("exp")).customParam("exp", 1).build(), claims, ours));
        attempts.put("another issuer", sign(header, change(claims).issuer("evil").build(), ours));
        attempts.put("no issuer", sign(header, change(claims).issuer(null).build(), ours));
        attempts.put("another audience", sign(header, change(claims).audience("evil").build(), ours));
        attempts.put("over", sign(header, change(claims).expirationTime(past).build(), ours));
        attempts.put("without an end", sign(header, change(claims).expirationTime(null).build(), ours));
        attempts.put("not begun", sign(header, change(claims).notBeforeTime(future).build(), ours));
        attempts.put("another's session", sign(header, change(claims).claim("sid", otherSession()).build(), ours));
        attempts.put("no session", sign(header, change(claims).claim("sid", null).build(), ours));
        attempts.put("another tenant", sign(header, change(claims).claim("tenant", UUID.randomUUID().toString())
                .build(), ours));
        attempts.put("another user", sign(header, change(claims).subject(UUID.randomUUID().toString()).build(), ours));
        attempts.put("dots alone", "a..");
        attempts.put("five parts", real + ".x.y");
        attempts.put("long", "a." + "b".repeat(5_000) + ".c");

        for (Map.Entry<String, String> attempt : attempts.entrySet()) {
            assertThat(status(attempt.getValue())).as(attempt.getKey()).isEqualTo(401);
        }
        assertThat(status(sign(header, change(claims).jwtID("again").build(), ours)))
                .as("what is signed like this and says nothing else is ours").isEqualTo(200);
        assertThat(status(real)).isEqualTo(200);
    }

    private String otherSession() {
        Person other = TestingPeople.somebody(server, "member");
        return server.get("/api/auth/get-session", "Authorization", other.bearer()).json().at("/session/id").asString();
    }

    private int status(String token) {
        return server.get("/api/data/user", "Authorization", "Bearer " + token).status();
    }

    private static JWSHeader.Builder header(String kid) {
        return new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(kid);
    }

    private static JWTClaimsSet.Builder change(JWTClaimsSet claims) {
        return new JWTClaimsSet.Builder(claims);
    }

    private static String sign(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) throws Exception {
        var token = new SignedJWT(header, claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String encode(String json) {
        return Base64URL.encode(json.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
