package dev.objectos.auth.saml;

import com.unboundid.ldap.listener.SelfSignedCertificateGenerator;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.xml.security.Init;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SAML identity provider that says and signs what it is told, by Apache Santuario. */
final class TestingIdentityProvider {

    static final String ENTITY = "https://idp.example.org/metadata";

    private final PrivateKey key;
    private final X509Certificate certificate;

    TestingIdentityProvider(Path folder) throws Exception {
        Init.init();
        File store = folder.resolve(UUID.randomUUID() + ".jks").toFile();
        SelfSignedCertificateGenerator.generateSelfSignedCertificate("test", store, "secret", "JKS", "signing");
        KeyStore keys = KeyStore.getInstance("JKS");
        try (var file = new FileInputStream(store)) {
            keys.load(file, "secret".toCharArray());
        }
        key = (PrivateKey) keys.getKey("signing", "secret".toCharArray());
        certificate = (X509Certificate) keys.getCertificate("signing");
    }

    X509Certificate signer() {
        return certificate;
    }

    String certificate() throws Exception {
        return Base64.getEncoder().encodeToString(certificate.getEncoded());
    }

    /** What can be signed. */
    enum Part {
        RESPONSE, ASSERTION
    }

    /** A response to be. */
    static final class Draft {

        String id = UUID.randomUUID().toString();
        String issuer = ENTITY;
        String destination;
        String recipient;
        String audience;
        String inResponseTo;
        Instant from;
        Instant until;
        String status = "urn:oasis:names:tc:SAML:2.0:status:Success";
        String nameId = "ada-1";
        String format = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
        String email = "ada.saml@example.org";
        String group = "Staff";
        String confirmation = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
        String statement = "<saml:AuthnStatement AuthnInstant=\"2026-05-01T08:00:00Z\"/>";
        Set<Part> signed = EnumSet.of(Part.ASSERTION);
        String algorithm = XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256;
        String digest = MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256;
        String condition = "";
        @Nullable
        Key key;

        /** Right in everything. */
        Draft(String consumer, String audience, String request, Instant now) {
            this.destination = consumer;
            this.recipient = consumer;
            this.audience = audience;
            this.inResponseTo = request;
            this.from = now;
            this.until = now.plus(Duration.ofMinutes(5));
        }

        private String xml() {
            return """
                    <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r%1$s" Version="2.0" IssueInstant="%2$s" Destination="%3$s" InResponseTo="%4$s"><saml:Issuer>%5$s</saml:Issuer><samlp:Status><samlp:StatusCode Value="%6$s"/></samlp:Status>\
                    <saml:Assertion ID="_a%1$s" Version="2.0" IssueInstant="%2$s"><saml:Issuer>%5$s</saml:Issuer><saml:Subject><saml:NameID Format="%7$s">%8$s</saml:NameID><saml:SubjectConfirmation Method="%9$s"><saml:SubjectConfirmationData InResponseTo="%4$s" Recipient="%10$s" NotOnOrAfter="%11$s"/></saml:SubjectConfirmation></saml:Subject>\
                    <saml:Conditions NotBefore="%2$s" NotOnOrAfter="%11$s"><saml:AudienceRestriction><saml:Audience>%12$s</saml:Audience></saml:AudienceRestriction>%16$s</saml:Conditions>%13$s\
                    <saml:AttributeStatement><saml:Attribute Name="email"><saml:AttributeValue>%14$s</saml:AttributeValue></saml:Attribute><saml:Attribute Name="displayName"><saml:AttributeValue>Ada Lovelace</saml:AttributeValue></saml:Attribute><saml:Attribute Name="groups"><saml:AttributeValue>%15$s</saml:AttributeValue><saml:AttributeValue>Other</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"""
                    .formatted(id, from, destination, inResponseTo, issuer, status, format, nameId,
                            confirmation, recipient, until, audience.replace("&", "&amp;"), statement, email, group,
                            condition);
        }
    }

    /** The response as a form holds it. */
    String response(Draft draft, Consumer<Document> afterSigning) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            Document document = factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(draft.xml().getBytes(StandardCharsets.UTF_8)));
            Element response = document.getDocumentElement();
            if (draft.signed.contains(Part.ASSERTION)) {
                sign(assertion(document), draft);
            }
            if (draft.signed.contains(Part.RESPONSE)) {
                sign(response, draft);
            }
            afterSigning.accept(document);
            return encoded(document);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String encoded(Document document) throws TransformerException {
        var out = new StringWriter();
        var transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return encoded(out.toString());
    }

    static String encoded(String xml) {
        return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
    }

    static Element assertion(Document document) {
        return (Element) document.getElementsByTagNameNS(SamlXml.ASSERTION, "Assertion").item(0);
    }

    static Element first(Element parent, String name) {
        return (Element) parent.getElementsByTagNameNS("*", name).item(0);
    }

    /** Also hands over the certificate, as providers do. */
    private void sign(Element element, Draft draft) throws Exception {
        var signature = new XMLSignature(element.getOwnerDocument(), null, draft.algorithm,
                Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
        element.insertBefore(signature.getElement(), first(element, "Issuer").getNextSibling());
        element.setIdAttributeNS(null, "ID", true);
        var transforms = new Transforms(element.getOwnerDocument());
        transforms.addTransform(Transforms.TRANSFORM_ENVELOPED_SIGNATURE);
        transforms.addTransform(Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS);
        signature.addDocument("#" + element.getAttributeNS(null, "ID"), transforms, draft.digest);
        signature.addKeyInfo(certificate);
        signature.sign(draft.key == null ? key : draft.key);
    }
}
