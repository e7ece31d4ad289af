package dev.objectos.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.saml.TestingIdentityProvider.Draft;
import dev.objectos.auth.saml.TestingIdentityProvider.Part;
import dev.objectos.auth.saml.TestingSaml.Started;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Nobody gets in by SAML as somebody whom the provider has not named, to this server, just now. */
final class SamlAttackTest {

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
    @ValueSource(strings = {"issuer", "destination", "recipient", "audience", "expired", "early", "status",
            "unsigned", "sha1", "sha1digest", "hmac", "transient", "holder", "nobody signed in", "session ended",
            "time without zone", "unknown condition", "two subjects"})
    void refusesWhatWasNotMadeForThis(String wrong) {
        Started started = saml.started();
        saml.refused(saml.bring(started, draft -> spoil(draft, wrong), _ -> {}));
        assertThat(saml.bring(started, _ -> {}, _ -> {}).code()).as("one answer to a question")
                .isEqualTo("STATE_MISMATCH");
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
                draft.key = new SecretKeySpec(saml.provider().signer().getPublicKey().getEncoded(), "HmacSHA256");
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
    void takesAnAnswerOnceAndOnlyFromTheBrowserThatAsked() {
        Started started = saml.started();
        String response = saml.provider().response(saml.draft(started), _ -> {});
        Answer brought = saml.post("/api/auth/sso/saml2/callback/corp", response);
        assertThat(brought.status()).isEqualTo(303);
        assertThat(saml.post("/api/auth/sso/saml2/callback/corp", response).code()).isEqualTo("STATE_MISMATCH");
        String finish = brought.header("Location");
        Answer foreign = saml.server().get(finish, "Cookie", saml.started().cookie());
        assertThat(foreign.code()).as("begun in another browser").isEqualTo("STATE_MISMATCH");
        assertThat(foreign.header("Set-Cookie")).isNull();
        assertThat(saml.server().get(finish, "Cookie", started.cookie()).code()).as("used up")
                .isEqualTo("STATE_MISMATCH");
        assertThat(saml.server().get("/api/auth/sso/saml2/finish?code=x").code()).isEqualTo("STATE_MISMATCH");
        Started late = saml.started();
        saml.server().clock().advance(Duration.ofMinutes(16));
        assertThat(saml.bring(late, _ -> {}, _ -> {}).code()).isEqualTo("STATE_MISMATCH");
    }

    @Test
    void takesNoAssertionTwiceEvenInAnotherAnswer() {
        saml.account(saml.signIn(draft -> draft.id = "same", _ -> {}));
        saml.refused(saml.bring(saml.started(), draft -> draft.id = "same", _ -> {}));
    }

    @Test
    void takesNothingThatItHasNotAskedFor() {
        Started started = saml.started();
        assertThat(saml.bring(started, draft -> draft.inResponseTo = "_x", _ -> {}).code()).isEqualTo("STATE_MISMATCH");
        assertThat(saml.bring(started, draft -> draft.inResponseTo = "", _ -> {}).code()).isEqualTo("STATE_MISMATCH");
        assertThat(
                saml.post("/api/auth/sso/saml2/callback/other", saml.provider().response(saml.draft(started), _ -> {}))
                        .code())
                .as("asked of another provider").isEqualTo("STATE_MISMATCH");
        assertThat(saml.post("/api/auth/sso/saml2/callback/nobody", "x").code()).isEqualTo("PROVIDER_NOT_FOUND");
        for (String nonsense : new String[]{"", "%%%", "AAAA", TestingIdentityProvider.encoded("<a/>"),
                TestingIdentityProvider.encoded("<a>".repeat(5_000) + "</a>".repeat(5_000)), "A".repeat(300_000)}) {
            assertThat(saml.post("/api/auth/sso/saml2/callback/corp", nonsense).status()).isIn(400, 401);
        }
    }

    @Test
    void readsNoDocumentTypesAndNoEntities() {
        Started started = saml.started();
        String xml = new String(Base64.getDecoder().decode(saml.provider().response(saml.draft(started), _ -> {})),
                StandardCharsets.UTF_8);
        saml.refused(saml.post("/api/auth/sso/saml2/callback/corp",
                TestingIdentityProvider.encoded("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + xml)));
        saml.refused(
                saml.post("/api/auth/sso/saml2/callback/corp", TestingIdentityProvider.encoded("<!DOCTYPE x>" + xml)));
    }

    @Test
    void believesNoOtherKey() throws Exception {
        Started started = saml.started();
        var impostor = new TestingIdentityProvider(home);
        saml.refused(saml.post("/api/auth/sso/saml2/callback/corp", impostor.response(saml.draft(started), _ -> {})));
    }

    @Test
    void readsTheWholeOfWhatWasSigned() {
        String user = saml.account(saml.signIn(draft -> draft.nameId = "eve.evil", _ -> {}));
        assertThat(saml.account(saml.signIn(draft -> draft.nameId = "eve.evil", document -> {
            Element name = TestingIdentityProvider.first(TestingIdentityProvider.assertion(document), "NameID");
            name.setTextContent("eve");
            name.appendChild(document.createComment("x"));
            name.appendChild(document.createTextNode(".evil"));
        }))).as("a comment in it is no end of it").isEqualTo(user);
        assertThat(saml.account(saml.signIn(draft -> draft.nameId = "eve.evil", document -> {
            Element name = TestingIdentityProvider.first(TestingIdentityProvider.assertion(document), "NameID");
            name.setTextContent("eve");
            name.appendChild(document.createCDATASection(".evil"));
        }))).as("nor is where another kind of text begins").isEqualTo(user);
    }

    /** A signature signs neither the key that it names nor anything beside it; what is there must not be taken for the assertion's. */
    @Test
    void readsNothingThatASignatureBrings() {
        Consumer<Draft> grace = draft -> draft.nameId = "hopper-1";
        String user = saml.account(saml.signIn(grace, _ -> {}));
        assertThat(saml.account(saml.signIn(grace, document -> {
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

    /** The ways of "On Breaking SAML: Be Whoever You Want to Be", and what is plainly changed. */
    @ParameterizedTest
    @ValueSource(strings = {"changed", "before", "after", "same id", "around", "in object", "in extensions",
            "beside in object", "signature moved", "reference to nothing"})
    void refusesToReadAnythingThatWasNotSigned(String attack) {
        saml.refused(saml.bring(saml.started(), _ -> {}, document -> {
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
