package dev.objectos.auth.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.auth.identity.Joining;
import dev.objectos.auth.identity.Joining.SignUp;
import dev.objectos.auth.saml.TestingIdentityProvider.Draft;
import dev.objectos.auth.saml.TestingIdentityProvider.Part;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Whatever becomes of a response on its way: it says what was signed, or nothing. */
final class SamlResponseTest {

    private static final String CONSUMER = "https://objectos.example.org/callback";
    private static final String SELF = "urn:example:objectos";
    private static final Instant NOW = Instant.parse("2026-05-01T08:00:00Z");
    private static final int TRIES = 500;

    @ParameterizedTest
    @EnumSource(Part.class)
    void saysWhatWasSignedOrNothing(Part part, @TempDir Path home) throws Exception {
        var signer = new TestingIdentityProvider(home);
        var provider = new SamlProvider("saml", TestingIdentityProvider.ENTITY,
                URI.create("https://idp.example.org/sso"),
                List.of(signer.signer()), SELF, SamlProvider.Attributes.USUAL, Map.of(), true,
                new Joining(null, Set.of(), SignUp.NO, false, false));
        var draft = new Draft(CONSUMER, SELF, "_request", NOW);
        draft.signed = EnumSet.of(part);
        String response = signer.response(draft, _ -> {});
        SamlAssertion signed = read(provider, response);
        var random = new Random(7);
        int accepted = 0;
        for (int i = 0; i < TRIES; i++) {
            Document document = SamlXml.parse(Base64.getDecoder().decode(response));
            change(document, random);
            try {
                assertThat(read(provider, TestingIdentityProvider.encoded(document))).as("change %d", i)
                        .isEqualTo(signed);
                accepted++;
            } catch (UnacceptableSamlException _) {
                // What most changes end in.
            }
        }
        assertThat(accepted).as("some change nothing that is signed").isBetween(1, TRIES / 2);
    }

    private static SamlAssertion read(SamlProvider provider, String response) {
        return new SamlResponse(provider, SELF, CONSUMER, NOW)
                .read(SamlXml.parse(Base64.getDecoder().decode(response)), "_request");
    }

    private static void change(Document document, Random random) {
        List<Element> elements = new ArrayList<>(SamlXml.children(document.getDocumentElement()));
        for (int i = 0; i < elements.size(); i++) {
            elements.addAll(SamlXml.children(elements.get(i)));
        }
        Element one = elements.get(random.nextInt(elements.size()));
        Element other = elements.get(random.nextInt(elements.size()));
        switch (random.nextInt(6)) {
            case 0 -> one.getParentNode().removeChild(one);
            case 1 -> move(one, other);
            case 2 -> move((Element) one.cloneNode(true), other);
            case 3 -> {
                var evil = (Element) one.cloneNode(true);
                evil.removeAttribute("ID");
                evil.setTextContent("admin");
                move(evil, other);
            }
            case 4 -> one.setTextContent("admin");
            default -> {
                Node attribute = one.getAttributes().item(0);
                if (attribute != null) {
                    attribute.setNodeValue("admin");
                }
            }
        }
    }

    /** To the beginning of the other, which is not within it. */
    private static void move(Element one, Element other) {
        for (Node above = other; above != null; above = above.getParentNode()) {
            if (above.isSameNode(one)) {
                return;
            }
        }
        other.insertBefore(one, other.getFirstChild());
    }
}
