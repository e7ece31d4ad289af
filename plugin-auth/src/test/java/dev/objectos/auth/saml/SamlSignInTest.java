package dev.objectos.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.saml.TestingIdentityProvider.Draft;
import dev.objectos.auth.saml.TestingIdentityProvider.Part;
import dev.objectos.auth.twofactor.TestingFactor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.XMLConstants;
import javax.xml.validation.SchemaFactory;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Signing in by SAML over HTTP, as browsers and identity providers do, and as attackers would like to. */
final class SamlSignInTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private static TestingIdentityProvider provider;

    @SuppressWarnings("NullAway.Init")
    private static TestingIdentityProvider next;

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @BeforeAll
    static void start() throws Exception {
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

    @AfterAll
    static void stop() {
        server.configure("providers: {}\n");
    }

    /** A browser that has been sent to the provider. */
    private record Started(String request, String cookie, String consumer, String audience) {

        Draft draft() {
            return new Draft(consumer, audience, request, server.clock().instant());
        }
    }

    private static Started started() {
        return started("corp");
    }

    private static Started started(String name) {
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

    private static Answer post(String path, String response) {
        return server.post(path, "SAMLResponse=" + URLEncoder.encode(response, StandardCharsets.UTF_8)
                + "&RelayState=https%3A%2F%2Fevil.example", "Content-Type", "application/x-www-form-urlencoded",
                "Origin", "https://idp.example.org");
    }

    private static Answer bring(Started started, Consumer<Draft> change, Consumer<Document> afterSigning) {
        Draft draft = started.draft();
        change.accept(draft);
        return post("/api/auth/sso/saml2/callback/corp", provider.response(draft, afterSigning));
    }

    private static Answer signIn(Consumer<Draft> change, Consumer<Document> afterSigning) {
        Started started = started();
        Answer brought = bring(started, change, afterSigning);
        assertThat(brought.status()).as("%s", brought.json()).isEqualTo(303);
        return server.get(brought.header("Location"), "Cookie", started.cookie());
    }

    private static String account(Answer finished) {
        assertThat(finished.status()).as("%s", finished.json()).isEqualTo(302);
        assertThat(finished.header("Location")).isEqualTo("/home#top");
        String cookie = finished.response().headers().allValues("Set-Cookie").stream()
                .filter(header -> header.startsWith("objectos.session_token=")).findFirst().orElseThrow();
        return server.get("/api/auth/get-session", "Cookie", cookie.split(";", 2)[0]).json().path("user").toString();
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as("%s", answer.json()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("PROVIDER_REFUSED");
        assertThat(answer.header("Location")).isNull();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void letsInWhomTheProviderNames(Part part) {
        String user = account(signIn(draft -> draft.signed = EnumSet.of(part), _ -> {}));
        assertThat(user).contains("\"ada.saml@example.org\"", "\"Ada Lovelace\"", "\"everybody,staff\"");
        assertThat(account(signIn(draft -> {
            draft.signed = EnumSet.allOf(Part.class);
            draft.email = "ada.married@example.org";
            draft.group = "Nothing";
        }, _ -> {}))).as("the same account, with the groups as they are now").contains("\"ada.saml@example.org\"",
                "\"everybody\"");
        assertThat(server.stored("select distinct provider || ' ' || subject from platform.linked_identity"))
                .contains("saml-corp ada-1");
    }

    @Test
    void asksForTheSecondStepWhereTheAccountHasOne() {
        Consumer<Draft> grace = draft -> {
            draft.nameId = "grace-2";
            draft.email = "grace.saml@example.org";
        };
        account(signIn(grace, _ -> {}));
        UUID account = UUID.fromString(server.stored(
                "select account_id from platform.linked_identity where subject = 'grace-2'").getFirst());
        TestingFactor factor = TestingFactor.of(server, account);
        Answer unfinished = signIn(grace, _ -> {});
        assertThat(unfinished.status()).isEqualTo(302);
        assertThat(unfinished.response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("objectos.session_token="));
        String location = String.valueOf(unfinished.header("Location"));
        assertThat(location).startsWith("/home#").contains("twoFactorRedirect=true");
        String token = location.replaceAll(".*twoFactorToken=([\\w-]+).*", "$1");
        String body = "{\"code\":\"%s\",\"twoFactorToken\":\"" + token + "\"}";
        assertThat(server.post("/api/auth/two-factor/verify-totp", body.formatted("000000")).code())
                .isEqualTo("INVALID_TWO_FACTOR_CODE");
        Answer finished = server.post("/api/auth/two-factor/verify-totp", body.formatted(factor.code()));
        assertThat(finished.json().at("/user/email").asString()).as("%s", finished.json())
                .isEqualTo("grace.saml@example.org");
        assertThat(server.stored("select method from platform.login_session where account_id = '" + account + "'"))
                .containsOnly("saml");
    }

    @Test
    void tellsProvidersWhatTheyHaveToKnow() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> metadata = client.send(HttpRequest.newBuilder(
                    URI.create(server.origin() + "/api/auth/sso/saml2/sp/metadata?providerId=corp")).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Element descriptor = SamlXml.parse(metadata.body()).getDocumentElement();
            assertThat(metadata.headers().firstValue("Content-Type")).hasValue("application/samlmetadata+xml");
            assertThat(descriptor.getAttribute("entityID")).isEqualTo(started().audience());
            assertThat(TestingIdentityProvider.first(descriptor, "AssertionConsumerService").getAttribute("Location"))
                    .isEqualTo(server.origin() + "/api/auth/sso/saml2/callback/corp");
        }
        assertThat(server.get("/api/auth/sso/saml2/sp/metadata?providerId=x").code()).isEqualTo("PROVIDER_NOT_FOUND");
        assertThat(server.get("/api/auth/sign-in/sso?providerId=x").code()).isEqualTo("PROVIDER_NOT_FOUND");
        Answer redirect = server.get("/api/auth/sign-in/sso?providerId=other&callbackURL=/x");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("Location")).startsWith("https://idp.example.org/sso?SAMLRequest=");
        assertThat(server.post("/api/auth/sign-in/sso",
                "{\"providerId\":\"corp\",\"callbackURL\":\"https://evil.example\"}").code())
                .isEqualTo("VALIDATION_FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "destination", "recipient", "audience", "expired", "early", "status",
            "unsigned", "sha1", "sha1digest", "hmac", "transient", "holder", "nobody signed in", "session ended",
            "time without zone", "unknown condition", "two subjects"})
    void refusesWhatWasNotMadeForThis(String wrong) {
        Started started = started();
        refused(bring(started, draft -> spoil(draft, wrong), _ -> {}));
        assertThat(bring(started, _ -> {}, _ -> {}).code()).as("one answer to a question").isEqualTo("STATE_MISMATCH");
    }

    private static void spoil(Draft draft, String wrong) {
        switch (wrong) {
            case "issuer" -> draft.issuer = "https://evil.example";
            case "destination" -> draft.destination = "https://elsewhere.example/acs";
            case "recipient" -> draft.recipient = "https://elsewhere.example/acs";
            case "audience" -> draft.audience = "https://elsewhere.example";
            case "expired" -> draft.until = draft.from.minusSeconds(60);
            case "early" -> draft.from = draft.from.plusSeconds(61);
            case "status" -> draft.status = "urn:oasis:names:tc:SAML:2.0:status:AuthnFailed";
            case "unsigned" -> draft.signed = EnumSet.noneOf(Part.class);
            case "sha1" -> draft.algorithm = XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA1;
            case "sha1digest" -> draft.digest = MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA1;
            case "hmac" -> {
                draft.algorithm = XMLSignature.ALGO_ID_MAC_HMAC_SHA256;
                draft.key = new SecretKeySpec(provider.signer().getPublicKey().getEncoded(), "HmacSHA256");
            }
            case "transient" -> draft.format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
            case "holder" -> draft.confirmation = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key";
            case "nobody signed in" -> draft.statement = "";
            case "session ended" -> draft.statement = "<saml:AuthnStatement AuthnInstant=\"2026-05-01T08:00:00Z\" "
                    + "SessionNotOnOrAfter=\"2020-01-01T00:00:00Z\"/>";
            case "time without zone" -> draft.statement = "<saml:AuthnStatement AuthnInstant=\"2026-05-01T08:00:00Z\" "
                    + "SessionNotOnOrAfter=\"2099-01-01T00:00:00\"/>";
            case "unknown condition" -> draft.condition = "<x:OnFullMoonOnly xmlns:x=\"urn:example:conditions\"/>";
            case "two subjects" -> draft.statement += """
                    <saml:Subject><saml:NameID>admin</saml:NameID><saml:SubjectConfirmation Method="%s">\
                    <saml:SubjectConfirmationData InResponseTo="%s" Recipient="%s" NotOnOrAfter="%s"/>\
                    </saml:SubjectConfirmation></saml:Subject>"""
                    .formatted(draft.confirmation, draft.inResponseTo, draft.recipient, draft.until);
            default -> throw new IllegalArgumentException(wrong);
        }
    }

    @Test
    void allowsForClocksThatDifferALittle() {
        account(signIn(draft -> draft.until = draft.from.minusSeconds(59), _ -> {}));
        account(signIn(draft -> draft.from = draft.from.plusSeconds(60), _ -> {}));
    }

    @Test
    void takesAnAnswerOnceAndOnlyFromTheBrowserThatAsked() {
        Started started = started();
        String response = provider.response(started.draft(), _ -> {});
        Answer brought = post("/api/auth/sso/saml2/callback/corp", response);
        assertThat(brought.status()).isEqualTo(303);
        assertThat(post("/api/auth/sso/saml2/callback/corp", response).code()).isEqualTo("STATE_MISMATCH");
        String finish = brought.header("Location");
        Answer foreign = server.get(finish, "Cookie", started().cookie());
        assertThat(foreign.code()).as("begun in another browser").isEqualTo("STATE_MISMATCH");
        assertThat(foreign.header("Set-Cookie")).isNull();
        assertThat(server.get(finish, "Cookie", started.cookie()).code()).as("used up").isEqualTo("STATE_MISMATCH");
        assertThat(server.get("/api/auth/sso/saml2/finish?code=x").code()).isEqualTo("STATE_MISMATCH");
        Started late = started();
        server.clock().advance(Duration.ofMinutes(16));
        assertThat(bring(late, _ -> {}, _ -> {}).code()).isEqualTo("STATE_MISMATCH");
    }

    @Test
    void takesNoAssertionTwiceEvenInAnotherAnswer() {
        account(signIn(draft -> draft.id = "same", _ -> {}));
        refused(bring(started(), draft -> draft.id = "same", _ -> {}));
    }

    @Test
    void takesNothingThatItHasNotAskedFor() {
        Started started = started();
        assertThat(bring(started, draft -> draft.inResponseTo = "_x", _ -> {}).code()).isEqualTo("STATE_MISMATCH");
        assertThat(bring(started, draft -> draft.inResponseTo = "", _ -> {}).code()).isEqualTo("STATE_MISMATCH");
        assertThat(post("/api/auth/sso/saml2/callback/other", provider.response(started.draft(), _ -> {})).code())
                .as("asked of another provider").isEqualTo("STATE_MISMATCH");
        assertThat(post("/api/auth/sso/saml2/callback/nobody", "x").code()).isEqualTo("PROVIDER_NOT_FOUND");
        for (String nonsense : new String[]{"", "%%%", "AAAA", TestingIdentityProvider.encoded("<a/>"),
                TestingIdentityProvider.encoded("<a>".repeat(5_000) + "</a>".repeat(5_000)), "A".repeat(300_000)}) {
            assertThat(post("/api/auth/sso/saml2/callback/corp", nonsense).status()).isIn(400, 401);
        }
    }

    @Test
    void readsNoDocumentTypesAndNoEntities() {
        Started started = started();
        String xml = new String(Base64.getDecoder().decode(provider.response(started.draft(), _ -> {})),
                StandardCharsets.UTF_8);
        refused(post("/api/auth/sso/saml2/callback/corp",
                TestingIdentityProvider.encoded("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + xml)));
        refused(post("/api/auth/sso/saml2/callback/corp", TestingIdentityProvider.encoded("<!DOCTYPE x>" + xml)));
    }

    @Test
    void believesNoOtherKey() throws Exception {
        Started started = started();
        var impostor = new TestingIdentityProvider(home);
        refused(post("/api/auth/sso/saml2/callback/corp", impostor.response(started.draft(), _ -> {})));
    }

    @Test
    void readsTheWholeOfWhatWasSigned() {
        String user = account(signIn(draft -> draft.nameId = "eve.evil", _ -> {}));
        assertThat(account(signIn(draft -> draft.nameId = "eve.evil", document -> {
            Element name = TestingIdentityProvider.first(TestingIdentityProvider.assertion(document), "NameID");
            name.setTextContent("eve");
            name.appendChild(document.createComment("x"));
            name.appendChild(document.createTextNode(".evil"));
        }))).as("a comment in it is no end of it").isEqualTo(user);
        assertThat(account(signIn(draft -> draft.nameId = "eve.evil", document -> {
            Element name = TestingIdentityProvider.first(TestingIdentityProvider.assertion(document), "NameID");
            name.setTextContent("eve");
            name.appendChild(document.createCDATASection(".evil"));
        }))).as("nor is where another kind of text begins").isEqualTo(user);
    }

    @Test
    void readsValuesOfAnyType() {
        assertThat(account(signIn(draft -> {
            draft.nameId = "typed-1";
            draft.email = "typed.saml@example.org";
            draft.group = "Nothing";
            draft.statement += """
                    <saml:AttributeStatement xmlns:xs="http://www.w3.org/2001/XMLSchema" \
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><saml:Attribute Name="groups">\
                    <saml:AttributeValue xsi:type="xs:token">Staff</saml:AttributeValue></saml:Attribute>\
                    <saml:Attribute Name="badge"><saml:AttributeValue xsi:type="xs:integer">7</saml:AttributeValue>\
                    <saml:AttributeValue xsi:nil="true"/></saml:Attribute></saml:AttributeStatement>""";
        }, _ -> {}))).contains("\"everybody,staff\"");
    }

    /** A signature signs neither the key that it names nor anything beside it; what is there must not be taken for the assertion's. */
    @Test
    void readsNothingThatASignatureBrings() {
        Consumer<Draft> grace = draft -> draft.nameId = "hopper-1";
        String user = account(signIn(grace, _ -> {}));
        assertThat(account(signIn(grace, document -> {
            Element assertion = TestingIdentityProvider.assertion(document);
            Element signature = TestingIdentityProvider.first(assertion, "Signature");
            Element keys = TestingIdentityProvider.first(signature, "KeyInfo");
            Element evil = (Element) TestingIdentityProvider.first(assertion, "Subject").cloneNode(true);
            TestingIdentityProvider.first(evil, "NameID").setTextContent("admin");
            keys.appendChild(document.createElementNS("urn:example:x", "x:Signature"));
            keys.appendChild(evil);
            TestingIdentityProvider.first(keys, "X509Certificate").setTextContent("no certificate");
            assertion.appendChild(signature);
        }))).isEqualTo(user);
    }

    @Test
    void believesEachKeyWhileAProviderChangesThem() {
        for (TestingIdentityProvider signer : List.of(provider, next)) {
            Started started = started("moving");
            Draft draft = started.draft();
            draft.nameId = "moving-1";
            draft.email = "moving.saml@example.org";
            Answer brought = post("/api/auth/sso/saml2/callback/moving", signer.response(draft, _ -> {}));
            assertThat(brought.status()).as("%s", brought.json()).isEqualTo(303);
            account(server.get(brought.header("Location"), "Cookie", started.cookie()));
        }
        refused(post("/api/auth/sso/saml2/callback/corp", next.response(started().draft(), _ -> {})));
    }

    /** Earlier versions of the library put what they found before the cryptography of the JDK, for all of the process. */
    @Test
    void leavesTheRestOfTheProcessAsItIs() {
        account(signIn(_ -> {}, _ -> {}));
        assertThat(Security.getProviders()).extracting(Provider::getName).doesNotContain("BC", "ApacheXMLDSig");
        assertThat(SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)).isNotNull();
    }

    /** The ways of "On Breaking SAML: Be Whoever You Want to Be", and what is plainly changed. */
    @ParameterizedTest
    @ValueSource(strings = {"changed", "before", "after", "same id", "around", "in object", "in extensions",
            "beside in object", "signature moved", "reference to nothing"})
    void refusesToReadAnythingThatWasNotSigned(String attack) {
        refused(bring(started(), _ -> {}, document -> {
            Element response = document.getDocumentElement();
            Element original = TestingIdentityProvider.assertion(document);
            Element evil = (Element) original.cloneNode(true);
            TestingIdentityProvider.first(evil, "NameID").setTextContent("admin");
            evil.setAttribute("ID", "_evil");
            Element signature = TestingIdentityProvider.first(original, "Signature");
            Element evilSignature = TestingIdentityProvider.first(evil, "Signature");
            Element object = document.createElementNS(SamlXml.SIGNATURE, "ds:Object");
            Element extensions = document.createElementNS(SamlXml.PROTOCOL, "samlp:Extensions");
            switch (attack) {
                case "changed" -> TestingIdentityProvider.first(original, "NameID").setTextContent("admin");
                case "before" -> {
                    evil.removeChild(evilSignature);
                    response.insertBefore(evil, original);
                }
                case "after" -> {
                    evil.removeChild(evilSignature);
                    response.appendChild(evil);
                }
                case "same id" -> {
                    evil.setAttribute("ID", original.getAttribute("ID"));
                    response.insertBefore(evil, original);
                }
                case "around" -> {
                    response.replaceChild(evil, original);
                    evil.replaceChild(signature, evilSignature);
                    evil.appendChild(original);
                }
                case "in object" -> {
                    response.replaceChild(evil, original);
                    evil.replaceChild(signature, evilSignature);
                    object.appendChild(original);
                    signature.appendChild(object);
                }
                case "in extensions" -> {
                    response.replaceChild(evil, original);
                    evil.removeChild(evilSignature);
                    extensions.appendChild(original);
                    response.insertBefore(extensions, response.getFirstChild());
                }
                case "beside in object" -> {
                    response.replaceChild(evil, original);
                    evil.removeChild(evilSignature);
                    Element wrapper = (Element) signature.cloneNode(true);
                    object.appendChild(original);
                    wrapper.appendChild(object);
                    response.appendChild(wrapper);
                }
                case "signature moved" -> {
                    original.removeChild(signature);
                    response.appendChild(signature);
                }
                case "reference to nothing" -> TestingIdentityProvider.first(signature, "Reference")
                        .setAttribute("URI", "");
                default -> throw new IllegalArgumentException(attack);
            }
        }));
    }
}
