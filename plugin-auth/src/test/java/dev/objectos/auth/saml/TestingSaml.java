package dev.objectos.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.saml.TestingIdentityProvider.Draft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A server that trusts two identity providers, and what browsers and these do. */
final class TestingSaml implements AutoCloseable {

    private final TestingIdentityProvider provider;
    private final TestingIdentityProvider next;
    private final TestingServer server;

    /** @param home for the keys of the providers */
    TestingSaml(Path home) throws Exception {
        provider = new TestingIdentityProvider(home);
        next = new TestingIdentityProvider(home);
        server = TestingServer.guarded();
        server.configure("""
                providers:
                  saml:
                    corp:
                      entityId: %1$s
                      ssoUrl: https://idp.example.org/sso?tenant=1
                      certificate: %2$s
                      roleMapping: {Staff: staff}
                      roles: [everybody]
                      syncRoles: true
                      signUp: yes
                      trustEmail: true
                    other:
                      entityId: %1$s
                      ssoUrl: https://idp.example.org/sso
                      certificate: %2$s
                      ownEntityId: urn:example:objectos
                    moving:
                      entityId: %1$s
                      ssoUrl: https://idp.example.org/sso?tenant=1
                      certificate: "-----BEGIN CERTIFICATE-----\\n%2$s\\n-----END CERTIFICATE-----\\n\\
                        -----BEGIN CERTIFICATE-----\\n%3$s\\n-----END CERTIFICATE-----"
                      signUp: yes
                """.formatted(TestingIdentityProvider.ENTITY, provider.certificate(), next.certificate()));
    }

    TestingIdentityProvider provider() {
        return provider;
    }

    /** Whose key {@code provider} changes to. */
    TestingIdentityProvider next() {
        return next;
    }

    TestingServer server() {
        return server;
    }

    @Override
    public void close() {
        server.configure("providers: {}\n");
    }

    /** A browser that has been sent to the provider. */
    record Started(String request, String cookie, String consumer, String audience) {}

    /** What the provider would say to it now. */
    Draft draft(Started started) {
        return new Draft(started.consumer(), started.audience(), started.request(), server.clock().instant());
    }

    Started started() {
        return started("corp");
    }

    Started started(String name) {
        Answer begun = server.post("/api/auth/sign-in/sso",
                "{\"providerId\":\"" + name + "\",\"callbackURL\":\"/home#top\"}");
        assertThat(begun.status()).as("%s", begun.json()).isEqualTo(200);
        String url = begun.json().path("url").asString();
        assertThat(url).startsWith("https://idp.example.org/sso?tenant=1&SAMLRequest=");
        String xml = inflated(URLDecoder.decode(url.substring(url.indexOf("SAMLRequest=") + 12),
                StandardCharsets.UTF_8));
        Element request = SamlXml.parse(xml.getBytes(StandardCharsets.UTF_8)).getDocumentElement();
        return new Started(request.getAttribute("ID"), begun.cookie(),
                request.getAttribute("AssertionConsumerServiceURL"),
                SamlXml.text(SamlXml.required(request, SamlXml.ASSERTION, "Issuer")));
    }

    private static String inflated(String encoded) {
        try (var in = new InflaterInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(encoded)), new Inflater(true))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer post(String path, String response) {
        return server.post(path, "SAMLResponse=" + URLEncoder.encode(response, StandardCharsets.UTF_8)
                + "&RelayState=https%3A%2F%2Fevil.example", "Content-Type", "application/x-www-form-urlencoded",
                "Origin", "https://idp.example.org");
    }

    Answer bring(Started started, Consumer<Draft> change, Consumer<Document> afterSigning) {
        Draft draft = draft(started);
        change.accept(draft);
        return post("/api/auth/sso/saml2/callback/corp", provider.response(draft, afterSigning));
    }

    Answer signIn(Consumer<Draft> change, Consumer<Document> afterSigning) {
        Started started = started();
        Answer brought = bring(started, change, afterSigning);
        assertThat(brought.status()).as("%s", brought.json()).isEqualTo(303);
        return server.get(brought.header("Location"), "Cookie", started.cookie());
    }

    String account(Answer finished) {
        assertThat(finished.status()).as("%s", finished.json()).isEqualTo(302);
        assertThat(finished.header("Location")).isEqualTo("/home#top");
        String cookie = finished.response().headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith("objectos.session_token=")).findFirst().orElseThrow();
        return server.get("/api/auth/get-session", "Cookie", cookie.split(";", 2)[0]).json().path("user").toString();
    }

    void refused(Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("PROVIDER_REFUSED");
        assertThat(answer.header("Location")).isNull();
    }
}
