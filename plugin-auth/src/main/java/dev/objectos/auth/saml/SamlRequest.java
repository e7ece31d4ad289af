package dev.objectos.auth.saml;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.keycloak.dom.saml.v2.assertion.NameIDType;
import org.keycloak.dom.saml.v2.metadata.EntityDescriptorType;
import org.keycloak.dom.saml.v2.metadata.EntityDescriptorType.EDTChoiceType;
import org.keycloak.dom.saml.v2.metadata.EntityDescriptorType.EDTDescriptorChoiceType;
import org.keycloak.dom.saml.v2.metadata.IndexedEndpointType;
import org.keycloak.dom.saml.v2.metadata.SPSSODescriptorType;
import org.keycloak.dom.saml.v2.protocol.AuthnRequestType;
import org.keycloak.saml.common.constants.JBossSAMLURIConstants;
import org.keycloak.saml.common.exceptions.ProcessingException;
import org.keycloak.saml.processing.core.saml.v2.util.XMLTimeUtil;
import org.keycloak.saml.processing.core.saml.v2.writers.SAMLMetadataWriter;
import org.keycloak.saml.processing.core.saml.v2.writers.SAMLRequestWriter;
import org.keycloak.saml.processing.web.util.RedirectBindingUtil;

/** Writes what this server says to providers: requests, and its own metadata. */
final class SamlRequest {

    private static final URI POST = JBossSAMLURIConstants.SAML_HTTP_POST_BINDING.getUri();

    private SamlRequest() {}

    /** Where a browser is sent to sign in (redirect binding). */
    static URI address(SamlProvider provider, String id, String self, String consumer, Instant now) {
        var issuer = new NameIDType();
        issuer.setValue(self);
        var request = new AuthnRequestType(id, XMLTimeUtil.parse(now.truncatedTo(ChronoUnit.SECONDS).toString()));
        request.setIssuer(issuer);
        request.setDestination(provider.ssoUrl());
        request.setAssertionConsumerServiceURL(URI.create(consumer));
        request.setProtocolBinding(POST);
        String before = provider.ssoUrl().getRawQuery() == null ? "?" : "&";
        try {
            return URI.create(provider.ssoUrl() + before + "SAMLRequest=" + RedirectBindingUtil
                    .deflateBase64URLEncode(written(xml -> new SAMLRequestWriter(xml).write(request))));
        } catch (IOException e) {
            throw new IllegalStateException("nothing is written but to memory", e);
        }
    }

    /** What a provider has to know of this server. */
    static String metadata(String self, String consumer) {
        var service = new IndexedEndpointType(POST, URI.create(consumer));
        service.setIndex(0);
        service.setIsDefault(true);
        var descriptor = new SPSSODescriptorType(List.of(JBossSAMLURIConstants.PROTOCOL_NSURI.get()));
        descriptor.setAuthnRequestsSigned(false);
        descriptor.setWantAssertionsSigned(true);
        descriptor.addAssertionConsumerService(service);
        var entity = new EntityDescriptorType(self);
        entity.addChoiceType(new EDTChoiceType(List.of(new EDTDescriptorChoiceType(descriptor))));
        return written(xml -> new SAMLMetadataWriter(xml).writeEntityDescriptor(entity));
    }

    /** Somebody who writes XML. */
    @FunctionalInterface
    private interface Author {

        void write(XMLStreamWriter xml) throws ProcessingException;
    }

    private static String written(Author author) {
        try {
            var text = new StringWriter();
            author.write(XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text));
            return text.toString();
        } catch (XMLStreamException | ProcessingException e) {
            throw new IllegalStateException("nothing is written but to memory", e);
        }
    }
}
