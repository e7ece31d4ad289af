package dev.objectos.auth.saml;

import static dev.objectos.auth.saml.SamlXml.ASSERTION;
import static dev.objectos.auth.saml.SamlXml.PROTOCOL;
import static dev.objectos.auth.saml.SamlXml.SIGNATURE;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;
import org.keycloak.dom.saml.v2.assertion.AssertionType;
import org.keycloak.dom.saml.v2.assertion.AttributeStatementType;
import org.keycloak.dom.saml.v2.assertion.AttributeType;
import org.keycloak.dom.saml.v2.assertion.AudienceRestrictionType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;
import org.keycloak.dom.saml.v2.assertion.ConditionsType;
import org.keycloak.dom.saml.v2.assertion.NameIDType;
import org.keycloak.dom.saml.v2.assertion.SubjectConfirmationDataType;
import org.keycloak.dom.saml.v2.assertion.SubjectConfirmationType;
import org.keycloak.dom.saml.v2.assertion.SubjectType;
import org.keycloak.saml.common.exceptions.ParsingException;
import org.keycloak.saml.processing.core.parsers.saml.SAMLParser;
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
        SamlXml.child(response, ASSERTION, "Issuer").ifPresent(issuer -> requireProvider(SamlXml.text(issuer)));
        requireSuccess(SamlXml.required(response, PROTOCOL, "Status"));
        Element found = SamlXml.required(response, ASSERTION, "Assertion");
        require(document.getElementsByTagNameNS("*", "Assertion").getLength() == 1, "there are several assertions");
        requireSigned(document, response, found);
        requireOnce(found);
        AssertionType assertion = assertion(found);
        requireProvider(text(assertion.getIssuer()));
        Instant expires = requireConfirmed(assertion.getSubject(), request);
        requireConditions(assertion.getConditions());
        requireSignedIn(assertion);
        var name = (NameIDType) assertion.getSubject().getSubType().getBaseID();
        require(!text(name).isEmpty(), "nobody is named");
        return new SamlAssertion(assertion.getID(), expires, text(name),
                name.getFormat() == null ? "" : name.getFormat().toString(), attributes(assertion));
    }

    private void requireProvider(String issuer) {
        require(provider.entityId().equals(issuer), "somebody else has issued it");
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
        ofResponse.ifPresent(signature -> SamlSignature.verify(response, signature, provider.certificates()));
        ofAssertion.ifPresent(signature -> SamlSignature.verify(assertion, signature, provider.certificates()));
    }

    /** Where there are several the library takes the last. */
    private static void requireOnce(Element assertion) {
        SamlXml.required(assertion, ASSERTION, "Issuer");
        SamlXml.required(assertion, ASSERTION, "Conditions");
        Element subject = SamlXml.required(assertion, ASSERTION, "Subject");
        SamlXml.required(subject, ASSERTION, "NameID");
        SamlXml.children(subject, ASSERTION, "SubjectConfirmation")
                .forEach(confirmation -> SamlXml.child(confirmation, ASSERTION, "SubjectConfirmationData"));
    }

    /** That element alone as the library reads it, without the signature, which does not sign what it brings itself. */
    private static AssertionType assertion(Element verified) {
        SamlXml.child(verified, SIGNATURE, "Signature").ifPresent(verified::removeChild);
        try {
            return (AssertionType) SAMLParser.getInstance().parse(verified);
        } catch (ParsingException | RuntimeException e) {
            throw new UnacceptableSamlException("the assertion cannot be read", e);
        }
    }

    /** One confirmation that holds is enough (SAML profiles, 4.1.4.3). */
    private Instant requireConfirmed(SubjectType subject, String request) {
        for (SubjectConfirmationType confirmation : subject.getConfirmation()) {
            SubjectConfirmationDataType data = confirmation.getSubjectConfirmationData();
            if (data == null || !BEARER.equals(confirmation.getMethod())) {
                continue;
            }
            Instant end = time(data.getNotOnOrAfter(), Instant.MIN);
            if (consumer.equals(data.getRecipient()) && request.equals(data.getInResponseTo()) && before(now, end)
                    && !now.plus(SKEW).isBefore(time(data.getNotBefore(), Instant.MIN))) {
                return end.plus(SKEW);
            }
        }
        throw new UnacceptableSamlException("it was not made for who brings it here now");
    }

    private void requireConditions(ConditionsType conditions) {
        require(!now.plus(SKEW).isBefore(time(conditions.getNotBefore(), Instant.MIN)), "it does not count yet");
        require(before(now, time(conditions.getNotOnOrAfter(), Instant.MAX)), "it counts no more");
        List<AudienceRestrictionType> restrictions = only(AudienceRestrictionType.class, conditions.getConditions());
        require(!restrictions.isEmpty(), "it names no audience");
        for (AudienceRestrictionType restriction : restrictions) {
            require(restriction.getAudience().stream().anyMatch(audience -> audience.toString().equals(self)),
                    "it was made for somebody else");
        }
    }

    private void requireSignedIn(AssertionType assertion) {
        List<AuthnStatementType> statements = only(AuthnStatementType.class, assertion.getStatements());
        require(!statements.isEmpty(), "it does not say that anybody has signed in");
        require(statements.stream().allMatch(
                statement -> before(now, time(statement.getSessionNotOnOrAfter(), Instant.MAX))),
                "the session at the provider has ended");
    }

    private static Map<String, List<String>> attributes(AssertionType assertion) {
        var attributes = new HashMap<String, List<String>>();
        for (AttributeStatementType statement : only(AttributeStatementType.class, assertion.getStatements())) {
            for (AttributeStatementType.ASTChoiceType choice : statement.getAttributes()) {
                AttributeType attribute = choice.getAttribute();
                if (attribute != null) {
                    List<String> values = attributes.computeIfAbsent(attribute.getName(), _ -> new ArrayList<>());
                    attribute.getAttributeValue().stream().map(SamlResponse::text).filter(value -> !value.isEmpty())
                            .forEach(values::add);
                }
            }
        }
        return attributes;
    }

    private static <T> List<T> only(Class<T> type, Collection<?> parts) {
        return parts.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof NameIDType name ? text(name.getValue()) : Objects.toString(value, "");
    }

    private static boolean before(Instant now, Instant end) {
        return end.equals(Instant.MAX) || (!end.equals(Instant.MIN) && now.minus(SKEW).isBefore(end));
    }

    private static Instant time(@Nullable XMLGregorianCalendar time, Instant otherwise) {
        if (time == null) {
            return otherwise;
        }
        try {
            return Instant.parse(time.toXMLFormat());
        } catch (DateTimeException e) {
            throw new UnacceptableSamlException(time + " is no time", e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UnacceptableSamlException(otherwise);
        }
    }
}
