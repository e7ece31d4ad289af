package dev.objectos.auth.saml;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import org.keycloak.rotation.HardcodedKeyLocator;
import org.keycloak.rotation.KeyLocator;
import org.keycloak.saml.processing.api.saml.v2.sig.SAML2Signature;
import org.keycloak.saml.processing.core.util.XMLSignatureUtil;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks that a provider has signed an element: that very element, the whole of it and nothing else, with a key that is known to be
 * the provider's, by algorithms that still hold. The library says whether a signature holds and for which element; what it
 * may look like is said here. Keys that the signature itself brings are not looked at.
 */
final class SamlSignature {

    private static final Set<String> SIGNATURES = Set.of(SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384,
            SignatureMethod.RSA_SHA512, SignatureMethod.ECDSA_SHA256, SignatureMethod.ECDSA_SHA384,
            SignatureMethod.ECDSA_SHA512);
    private static final Set<String> DIGESTS = Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);
    /** What leaves out comments, as whoever reads the text of elements does. */
    private static final Set<String> FORMS = Set.of(CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.INCLUSIVE);

    private SamlSignature() {}

    /**
     * Takes the keys that the signature brings out of it, which belong to no signed text but to that of a signature around this one.
     *
     * @throws UnacceptableSamlException where the signature, a child of the element, does not hold for it
     */
    static void verify(Element signed, Element signature, List<X509Certificate> certificates) {
        requireOnly(signed, signature);
        SamlXml.child(signature, SamlXml.SIGNATURE, "KeyInfo").ifPresent(signature::removeChild);
        SAML2Signature.configureIdAttribute(signed);
        var keys = new HardcodedKeyLocator(certificates.stream().map(X509Certificate::getPublicKey).toList());
        var verified = new HashSet<Node>();
        if (!holds(signature, keys, verified)) {
            throw new UnacceptableSamlException("the signature is not the provider's");
        }
        if (!verified.equals(Set.of(signed))) {
            throw new UnacceptableSamlException("the signature is of another element");
        }
    }

    private static boolean holds(Element signature, KeyLocator keys, Set<Node> verified) {
        try {
            return XMLSignatureUtil.validateSingleNode(signature, keys, verified);
        } catch (MarshalException | XMLSignatureException | RuntimeException e) {
            throw new UnacceptableSamlException("the signature cannot be read", e);
        }
    }

    private static void requireOnly(Element signed, Element signature) {
        Element info = part(signature, "SignedInfo");
        if (!SIGNATURES.contains(algorithm(part(info, "SignatureMethod")))
                || !FORMS.contains(algorithm(part(info, "CanonicalizationMethod")))) {
            throw new UnacceptableSamlException("the signature's algorithm is not accepted");
        }
        String id = signed.getAttributeNS(null, "ID");
        if (id.isEmpty() || !parts(signature, "Object").isEmpty()) {
            throw new UnacceptableSamlException("the signature is not of one element");
        }
        Element reference = part(info, "Reference");
        if (!("#" + id).equals(reference.getAttributeNS(null, "URI"))) {
            throw new UnacceptableSamlException("the signature is of another element");
        }
        if (!DIGESTS.contains(algorithm(part(reference, "DigestMethod")))) {
            throw new UnacceptableSamlException("the signature's digest is not accepted");
        }
        List<String> transforms = parts(part(reference, "Transforms"), "Transform").stream()
                .map(SamlSignature::algorithm).toList();
        if (transforms.size() > 2 || !transforms.contains(Transform.ENVELOPED) || !transforms.stream()
                .allMatch(transform -> transform.equals(Transform.ENVELOPED) || FORMS.contains(transform))) {
            throw new UnacceptableSamlException("the signature is not of the whole element");
        }
    }

    private static Element part(Element parent, String name) {
        return SamlXml.required(parent, SamlXml.SIGNATURE, name);
    }

    private static List<Element> parts(Element parent, String name) {
        return SamlXml.children(parent, SamlXml.SIGNATURE, name);
    }

    private static String algorithm(Element method) {
        return method.getAttributeNS(null, "Algorithm");
    }
}
