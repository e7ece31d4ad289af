package dev.objectos.auth.saml;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Reads XML that anybody may have sent: no document types and so no entities, nothing fetched, each id used once. What
 * could be put into a signed text without harm to the signature, comments and the borders of CDATA, is gone afterwards.
 */
final class SamlXml {

    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

    private SamlXml() {}

    /** @throws UnacceptableSamlException where it is no such XML */
    static Document parse(byte[] xml) {
        try {
            Document document = builder().parse(new ByteArrayInputStream(xml));
            requireUniqueIds(document.getDocumentElement(), new HashSet<>());
            return document;
        } catch (SAXException | IOException e) {
            throw new UnacceptableSamlException("no XML that is read here", e);
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("http://www.oracle.com/xml/jaxp/properties/maxElementDepth", "100");
            factory.setIgnoringComments(true);
            factory.setCoalescing(true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own parser knows these features", e);
        }
    }

    /** The XML parser would print what it finds wrong. */
    private static final class Strict implements ErrorHandler {

        @Override
        public void warning(SAXParseException e) {
            // Says nothing that matters here.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }

    /** Two elements of one id are how a signature is made to say something of another element than the one that is read. */
    private static void requireUniqueIds(Element element, Set<String> seen) {
        var attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Node attribute = attributes.item(i);
            String name = attribute.getLocalName() == null ? attribute.getNodeName() : attribute.getLocalName();
            if (name.equalsIgnoreCase("id") && !seen.add(attribute.getNodeValue())) {
                throw new UnacceptableSamlException("an id is used twice");
            }
        }
        children(element).forEach(child -> requireUniqueIds(child, seen));
    }

    static List<Element> children(Element parent) {
        var children = new ArrayList<Element>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static List<Element> children(Element parent, String namespace, String name) {
        return children(parent).stream().filter(child -> is(child, namespace, name)).toList();
    }

    /** The only such child; empty where there is none. */
    static Optional<Element> child(Element parent, String namespace, String name) {
        List<Element> found = children(parent, namespace, name);
        if (found.size() > 1) {
            throw new UnacceptableSamlException("there are several " + name);
        }
        return found.stream().findFirst();
    }

    /** The only such child, which has to be there. */
    static Element required(Element parent, String namespace, String name) {
        return child(parent, namespace, name).orElseThrow(
                () -> new UnacceptableSamlException("there is no " + name));
    }

    static boolean is(Element element, String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    static String text(Element element) {
        return element.getTextContent().strip();
    }
}
