package dev.objectos.auth.saml;

import static dev.objectos.auth.saml.SamlXml.ASSERTION;
import static dev.objectos.auth.saml.SamlXml.PROTOCOL;
import static dev.objectos.auth.saml.SamlXml.SIGNATURE;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Reads what a provider has a browser bring (Web Browser SSO profile). It has one assertion, signed itself or as part of the whole;
 * nothing is read of a document in which there could be another.
 */
final class SamlResponse {

    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final SamlProvider provider;
    private final String self;
    private final String consumer;
    private final Instant now;

    /**
     * @param self what the provider knows this server as
     * @param consumer the address that browsers bring responses to
     */
    SamlResponse(SamlProvider provider, String self, String consumer, Instant now) {
        this.provider = provider;
        this.self = self;
        this.consumer = consumer;
        this.now = now;
    }

    /** Which request it claims to answer; nothing of it has been checked. */
    static String answered(Document document) {
        return document.getDocumentElement().getAttributeNS(null, "InResponseTo");
    }

    /**
     * The assertion of a response to that request.
     *
     * @throws UnacceptableSamlException where it is not one for us, now, by the provider
     */
    SamlAssertion read(Document document, String request) {
        Element response = document.getDocumentElement();
        require(SamlXml.is(response, PROTOCOL, "Response"), "there is no Response");
        require("2.0".equals(response.getAttributeNS(null, "Version")), "the version is not 2.0");
        require(!response.hasAttributeNS(null, "Destination")
                || response.getAttributeNS(null, "Destination").equals(consumer), "it was meant for another address");
        require(request.equals(response.getAttributeNS(null, "InResponseTo")), "it answers another request");
        SamlXml.child(response, ASSERTION, "Issuer").ifPresent(this::requireProvider);
        requireSuccess(SamlXml.required(response, PROTOCOL, "Status"));
        Element assertion = SamlXml.required(response, ASSERTION, "Assertion");
        require(document.getElementsByTagNameNS("*", "Assertion").getLength() == 1, "there are several assertions");
        requireSigned(document, response, assertion);
        require("2.0".equals(assertion.getAttributeNS(null, "Version")), "the version is not 2.0");
        requireProvider(SamlXml.required(assertion, ASSERTION, "Issuer"));
        Element subject = SamlXml.required(assertion, ASSERTION, "Subject");
        Instant expires = requireConfirmed(subject, request);
        requireConditions(SamlXml.required(assertion, ASSERTION, "Conditions"));
        requireSignedIn(assertion);
        Element name = SamlXml.required(subject, ASSERTION, "NameID");
        require(!SamlXml.text(name).isEmpty(), "nobody is named");
        return new SamlAssertion(assertion.getAttributeNS(null, "ID"), expires, SamlXml.text(name),
                name.getAttributeNS(null, "Format"), attributes(assertion));
    }

    private void requireProvider(Element issuer) {
        require(provider.entityId().equals(SamlXml.text(issuer)), "somebody else has issued it");
    }

    private static void requireSuccess(Element status) {
        Element code = SamlXml.required(status, PROTOCOL, "StatusCode");
        require(SUCCESS.equals(code.getAttributeNS(null, "Value")), "the provider reports "
                + code.getAttributeNS(null, "Value"));
    }

    /** Wherever there is a signature it has to hold; one at any other place belongs to something that is not read. */
    private void requireSigned(Document document, Element response, Element assertion) {
        Optional<Element> ofResponse = SamlXml.child(response, SIGNATURE, "Signature");
        Optional<Element> ofAssertion = SamlXml.child(assertion, SIGNATURE, "Signature");
        int found = (ofResponse.isPresent() ? 1 : 0) + (ofAssertion.isPresent() ? 1 : 0);
        require(found > 0, "it is not signed");
        require(document.getElementsByTagNameNS(SIGNATURE, "Signature").getLength() == found,
                "there is a signature of something else");
        require(ofResponse.isEmpty() || response.hasAttributeNS(null, "Destination"), "it names no destination");
        ofAssertion.ifPresent(signature -> SamlSignature.verify(assertion, signature, provider.certificates()));
        ofResponse.ifPresent(signature -> SamlSignature.verify(response, signature, provider.certificates()));
    }

    /** One confirmation that holds is enough (SAML profiles, 4.1.4.3). */
    private Instant requireConfirmed(Element subject, String request) {
        for (Element confirmation : SamlXml.children(subject, ASSERTION, "SubjectConfirmation")) {
            Optional<Element> found = SamlXml.child(confirmation, ASSERTION, "SubjectConfirmationData");
            if (found.isEmpty() || !BEARER.equals(confirmation.getAttributeNS(null, "Method"))) {
                continue;
            }
            Element data = found.get();
            Instant end = time(data, "NotOnOrAfter", Instant.MIN);
            if (consumer.equals(data.getAttributeNS(null, "Recipient"))
                    && request.equals(data.getAttributeNS(null, "InResponseTo")) && before(now, end)
                    && !now.plus(SKEW).isBefore(time(data, "NotBefore", Instant.MIN))) {
                return end.plus(SKEW);
            }
        }
        throw new UnacceptableSamlException("it was not made for who brings it here now");
    }

    private void requireConditions(Element conditions) {
        require(!now.plus(SKEW).isBefore(time(conditions, "NotBefore", Instant.MIN)), "it does not count yet");
        require(before(now, time(conditions, "NotOnOrAfter", Instant.MAX)), "it counts no more");
        List<Element> restrictions = SamlXml.children(conditions, ASSERTION, "AudienceRestriction");
        require(!restrictions.isEmpty(), "it names no audience");
        for (Element restriction : restrictions) {
            require(SamlXml.children(restriction, ASSERTION, "Audience").stream()
                    .anyMatch(audience -> SamlXml.text(audience).equals(self)), "it was made for somebody else");
        }
    }

    private void requireSignedIn(Element assertion) {
        List<Element> statements = SamlXml.children(assertion, ASSERTION, "AuthnStatement");
        require(!statements.isEmpty(), "it does not say that anybody has signed in");
        require(statements.stream().allMatch(
                statement -> before(now, time(statement, "SessionNotOnOrAfter", Instant.MAX))),
                "the session at the provider has ended");
    }

    private static Map<String, List<String>> attributes(Element assertion) {
        var attributes = new HashMap<String, List<String>>();
        for (Element statement : SamlXml.children(assertion, ASSERTION, "AttributeStatement")) {
            for (Element attribute : SamlXml.children(statement, ASSERTION, "Attribute")) {
                List<String> values = attributes.computeIfAbsent(attribute.getAttributeNS(null, "Name"),
                        _ -> new ArrayList<>());
                SamlXml.children(attribute, ASSERTION, "AttributeValue").stream().map(SamlXml::text)
                        .filter(value -> !value.isEmpty()).forEach(values::add);
            }
        }
        return attributes;
    }

    private static boolean before(Instant now, Instant end) {
        return end.equals(Instant.MAX) || (!end.equals(Instant.MIN) && now.minus(SKEW).isBefore(end));
    }

    private static Instant time(Element element, String attribute, Instant otherwise) {
        if (!element.hasAttributeNS(null, attribute)) {
            return otherwise;
        }
        try {
            return Instant.parse(element.getAttributeNS(null, attribute));
        } catch (DateTimeException e) {
            throw new UnacceptableSamlException(attribute + " is no time", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnacceptableSamlException(otherwise);
        }
    }
}
