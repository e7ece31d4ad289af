package dev.objectos.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Providers that keep to their standards, on one port: OpenID Connect at any path (each an issuer of its own), GitHub's dialect below
 * {@code /github}, WeChat's below {@code /wechat}. Tests have it misbehave.
 */
final class TestingProvider implements AutoCloseable {

    static final String CLIENT = "client-1";
    static final String SECRET = "a secret with : and % in it, long enough for HMAC";

    /** How ID tokens are signed. */
    enum Signature {
        PROPER, FOREIGN_KEY, SHARED_SECRET, NONE
    }

    /** Who signs in next; what they are called, and what is told of them. */
    volatile Map<String, Object> person = Map.of();

    /** Whether the ID token tells no more than the subject. */
    volatile boolean tellsByUserInfo;

    volatile Signature signature = Signature.PROPER;

    /** Has the last word on what an ID token says. */
    volatile Consumer<JWTClaimsSet.Builder> claims = _ -> {};

    /** Paths that contain it fail. */
    volatile @Nullable String failing;

    /** What the browser brings back as the issuer; null: the truth. */
    volatile @Nullable String namedIssuer;

    final AtomicInteger keysAsked = new AtomicInteger();

    private final HttpServer server;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile RSAKey key = generated();

    /** Nobody's; made before anybody waits for it. */
    private final RSAKey foreign = generated();

    TestingProvider(Clock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String origin() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Signs with another key from now on. */
    void changeKey() {
        key = generated();
    }

    /** Behaves again. */
    void reset() {
        tellsByUserInfo = false;
        signature = Signature.PROPER;
        claims = _ -> {};
        failing = null;
        namedIssuer = null;
    }

    private static RSAKey generated() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String failure = failing;
        try (exchange) {
            if (path.startsWith("/silent")) {
                closed.await();
            } else if (failure != null && path.contains(failure)) {
                send(exchange, 500, Map.of("error", "server_error"));
            } else if (path.startsWith("/github")) {
                github(exchange, path);
            } else if (path.startsWith("/wechat")) {
                wechat(exchange, path);
            } else {
                openId(exchange, path.substring(0, path.lastIndexOf('/')).replace("/.well-known", ""),
                        path.substring(path.lastIndexOf('/')));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void openId(HttpExchange exchange, String prefix, String path) throws IOException {
        String issuer = origin() + prefix;
        switch (path) {
            case "/openid-configuration" -> send(exchange, 200,
                    Map.of("issuer", issuer, "authorization_endpoint", issuer + "/authorize", "token_endpoint",
                            issuer + "/token", "userinfo_endpoint", issuer + "/userinfo", "jwks_uri", issuer + "/jwks",
                            "authorization_response_iss_parameter_supported", true));
            case "/authorize" -> authorize(exchange, issuer);
            case "/token" -> token(exchange, issuer);
            case "/jwks" -> {
                keysAsked.incrementAndGet();
                send(exchange, 200, new JWKSet(key).toPublicJWKSet().toJSONObject());
            }
            case "/userinfo" -> send(exchange, 200, person);
            default -> send(exchange, 404, Map.of());
        }
    }

    /** The person agrees at once. */
    private void authorize(HttpExchange exchange, @Nullable String issuer) throws IOException {
        Map<String, String> asked = decoded(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        String named = namedIssuer == null ? issuer : namedIssuer;
        exchange.getResponseHeaders().add("Location", asked.get("redirect_uri") + "?code=" + code + "&state="
                + asked.get("state") + (named == null || named.isEmpty() ? "" : "&iss=" + named));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange, String issuer) throws IOException {
        Map<String, String> asked = redeemed(exchange);
        if (asked == null) {
            send(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        send(exchange, 200, Map.of("access_token", "access-" + person.get("sub"), "token_type", "Bearer", "id_token",
                idToken(issuer, asked.get("nonce"))));
    }

    /** What was asked for with the code, if everything fits; a code is good once. */
    private @Nullable Map<String, String> redeemed(HttpExchange exchange) throws IOException {
        Map<String, String> form = decoded(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        boolean fits = asked != null && credentials(exchange, form).equals(CLIENT + ":" + SECRET)
                && Objects.equals(asked.get("redirect_uri"), form.get("redirect_uri"))
                && "S256".equals(asked.get("code_challenge_method")) && Objects.equals(asked.get("code_challenge"),
                        Pkce.challenge(form.getOrDefault("code_verifier", "")));
        return fits ? asked : null;
    }

    private static String credentials(HttpExchange exchange, Map<String, String> form) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        if (header == null) {
            return form.get("client_id") + ":" + form.get("client_secret");
        }
        String[] pair = new String(Base64.getDecoder().decode(header.substring("Basic ".length())),
                StandardCharsets.UTF_8).split(":", 2);
        return URLDecoder.decode(pair[0], StandardCharsets.UTF_8) + ":"
                + URLDecoder.decode(pair[1], StandardCharsets.UTF_8);
    }

    String idToken(String issuer, @Nullable String nonce) {
        var token = new JWTClaimsSet.Builder().issuer(issuer).audience(CLIENT)
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(5)))).claim("nonce", nonce);
        if (tellsByUserInfo) {
            token.subject(String.valueOf(person.get("sub")));
        } else {
            person.forEach(token::claim);
        }
        claims.accept(token);
        try {
            return signed(token.build());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signed(JWTClaimsSet token) throws JOSEException {
        RSAKey own = key;
        return switch (signature) {
            case NONE -> new PlainJWT(token).serialize();
            case PROPER -> signed(token, own);
            case FOREIGN_KEY -> signed(token, new RSAKey.Builder(foreign).keyID(own.getKeyID()).build());
            case SHARED_SECRET -> {
                var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), token);
                jwt.sign(new MACSigner(SECRET));
                yield jwt.serialize();
            }
        };
    }

    private static String signed(JWTClaimsSet token, RSAKey key) throws JOSEException {
        var jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), token);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private void github(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/github/authorize" -> authorize(exchange, null);
            case "/github/token" -> send(exchange, 200,
                    redeemed(exchange) == null
                            ? Map.of("error", "bad_verification_code")
                            : Map.of("access_token", "gh", "token_type", "bearer"));
            case "/github/user" -> send(exchange, 200, person);
            case "/github/emails" -> send(exchange, 200, Objects.requireNonNull(person.get("emails")));
            default -> send(exchange, 404, Map.of());
        }
    }

    private void wechat(HttpExchange exchange, String path) throws IOException {
        Map<String, String> asked = decoded(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
        switch (path) {
            case "/wechat/connect" -> authorize(exchange, null);
            case "/wechat/token" -> {
                boolean fits = codes.remove(asked.getOrDefault("code", "")) != null
                        && CLIENT.equals(asked.get("appid")) && SECRET.equals(asked.get("secret"));
                send(exchange, 200,
                        fits
                                ? Map.of("access_token", "wx", "openid", "open-" + person.get("id"))
                                : Map.of("errcode", 40029, "errmsg", "invalid code"));
            }
            case "/wechat/user" -> send(exchange, 200, Map.of("openid", "open-" + person.get("id"), "unionid",
                    "union-" + person.get("id"), "nickname", String.valueOf(person.get("name"))));
            default -> send(exchange, 404, Map.of());
        }
    }

    private static Map<String, String> decoded(String form) {
        var values = new LinkedHashMap<String, String>();
        for (String pair : List.of(form.split("&", -1))) {
            String[] parts = pair.split("=", 2);
            values.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[parts.length - 1], StandardCharsets.UTF_8));
        }
        return values;
    }

    private static void send(HttpExchange exchange, int status, Object json) throws IOException {
        byte[] body = JsonMapper.shared().writeValueAsBytes(json);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    /** The parameters of an address. */
    static Map<String, String> parameters(String address) {
        return decoded(Objects.requireNonNullElse(URI.create(address).getRawQuery(), ""));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
