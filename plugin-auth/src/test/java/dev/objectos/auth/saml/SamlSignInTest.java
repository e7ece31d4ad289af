package dev.objectos.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.saml.TestingIdentityProvider.Draft;
import dev.objectos.auth.saml.TestingIdentityProvider.Part;
import dev.objectos.auth.saml.TestingSaml.Started;
import dev.objectos.auth.twofactor.TestingFactor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/** Signing in by SAML over HTTP, as browsers and identity providers do. */
final class SamlSignInTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @SuppressWarnings("NullAway.Init")
    private static TestingSaml saml;

    @BeforeAll
    static void start() throws Exception {
        saml = new TestingSaml(home);
    }

    @AfterAll
    static void stop() {
        saml.close();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void letsInWhomTheProviderNames(Part part) {
        String user = saml.account(saml.signIn(draft -> draft.signed = EnumSet.of(part), _ -> {}));
        assertThat(user).contains("\"ada.saml@example.org\"", "\"Ada Lovelace\"", "\"everybody,staff\"");
        assertThat(saml.account(saml.signIn(draft -> {
            draft.signed = EnumSet.allOf(Part.class);
            draft.email = "ada.married@example.org";
            draft.group = "Nothing";
        }, _ -> {}))).as("the same account, with the groups as they are now").contains("\"ada.saml@example.org\"",
                "\"everybody\"");
        assertThat(saml.server().stored("select distinct provider || ' ' || subject from platform.linked_identity"))
                .contains("saml-corp ada-1");
    }

    @Test
    void asksForTheSecondStepWhereTheAccountHasOne() {
        Consumer<Draft> grace = draft -> {
            draft.nameId = "grace-2";
            draft.email = "grace.saml@example.org";
        };
        saml.account(saml.signIn(grace, _ -> {}));
        UUID account = UUID.fromString(saml.server().stored(
                "select account_id from platform.linked_identity where subject = 'grace-2'").getFirst());
        TestingFactor factor = TestingFactor.of(saml.server(), account);
        Answer unfinished = saml.signIn(grace, _ -> {});
        assertThat(unfinished.status()).isEqualTo(302);
        assertThat(unfinished.response().headers().allValues("Set-Cookie"))
                .noneMatch(cookie -> cookie.startsWith("objectos.session_token="));
        String location = String.valueOf(unfinished.header("Location"));
        assertThat(location).startsWith("/home#").contains("twoFactorRedirect=true");
        String token = location.replaceAll(".*twoFactorToken=([\\w-]+).*", "$1");
        String body = "{\"code\":\"%s\",\"twoFactorToken\":\"" + token + "\"}";
        assertThat(saml.server().post("/api/auth/two-factor/verify-totp", body.formatted("000000")).code())
                .isEqualTo("INVALID_TWO_FACTOR_CODE");
        Answer finished = saml.server().post("/api/auth/two-factor/verify-totp", body.formatted(factor.code()));
        assertThat(finished.json().at("/user/email").asString()).as("%s", finished.json())
                .isEqualTo("grace.saml@example.org");
        assertThat(
                saml.server().stored("select method from platform.login_session where account_id = '" + account + "'"))
                .containsOnly("saml");
    }

    @Test
    void tellsProvidersWhatTheyHaveToKnow() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> metadata = client.send(HttpRequest.newBuilder(
                    URI.create(saml.server().origin() + "/api/auth/sso/saml2/sp/metadata?providerId=corp")).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            Element descriptor = SamlXml.parse(metadata.body()).getDocumentElement();
            assertThat(metadata.headers().firstValue("Content-Type")).hasValue("application/samlmetadata+xml");
            assertThat(descriptor.getAttribute("entityID")).isEqualTo(saml.started().audience());
            assertThat(TestingIdentityProvider.first(descriptor, "AssertionConsumerService").getAttribute("Location"))
                    .isEqualTo(saml.server().origin() + "/api/auth/sso/saml2/callback/corp");
        }
        assertThat(saml.server().get("/api/auth/sso/saml2/sp/metadata?providerId=x").code())
                .isEqualTo("PROVIDER_NOT_FOUND");
        assertThat(saml.server().get("/api/auth/sign-in/sso?providerId=x").code()).isEqualTo("PROVIDER_NOT_FOUND");
        Answer redirect = saml.server().get("/api/auth/sign-in/sso?providerId=other&callbackURL=/x");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.header("Location")).startsWith("https://idp.example.org/sso?SAMLRequest=");
        assertThat(saml.server().post("/api/auth/sign-in/sso",
                "{\"providerId\":\"corp\",\"callbackURL\":\"https://evil.example\"}").code())
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void allowsForClocksThatDifferALittle() {
        saml.account(saml.signIn(draft -> draft.until = draft.from.minusSeconds(59), _ -> {}));
        saml.account(saml.signIn(draft -> draft.from = draft.from.plusSeconds(60), _ -> {}));
    }

    @Test
    void readsValuesOfAnyType() {
        assertThat(saml.account(saml.signIn(draft -> {
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

    @Test
    void believesEachKeyWhileAProviderChangesThem() {
        for (TestingIdentityProvider signer : List.of(saml.provider(), saml.next())) {
            Started started = saml.started("moving");
            Draft draft = saml.draft(started);
            draft.nameId = "moving-1";
            draft.email = "moving.saml@example.org";
            Answer brought = saml.post("/api/auth/sso/saml2/callback/moving", signer.response(draft, _ -> {}));
            assertThat(brought.status()).as("%s", brought.json()).isEqualTo(303);
            saml.account(saml.server().get(brought.header("Location"), "Cookie", started.cookie()));
        }
        saml.refused(saml.post("/api/auth/sso/saml2/callback/corp",
                saml.next().response(saml.draft(saml.started()), _ -> {})));
    }

    /** Earlier versions of the library put what they found before the cryptography of the JDK, for all of the process. */
    @Test
    void leavesTheRestOfTheProcessAsItIs() {
        saml.account(saml.signIn(_ -> {}, _ -> {}));
        assertThat(Security.getProviders()).extracting(Provider::getName).doesNotContain("BC", "ApacheXMLDSig");
        assertThat(SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)).isNotNull();
    }
}
