package dev.objectos.auth.saml;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/**
 * Checks that a provider has signed an element: that very element, the whole of it and nothing else, with a key that is known to be
 * the provider's, by algorithms that still hold. Keys that the signature itself brings are not looked at.
 */
final class SamlSignature {

    private static final Set<String> SIGNATURES = Set.of(SignatureMethod.RSA_SHA256, SignatureMethod.RSA_SHA384,
            SignatureMethod.RSA_SHA512, SignatureMethod.ECDSA_SHA256, SignatureMethod.ECDSA_SHA384,
            SignatureMethod.ECDSA_SHA512);
    private static final Set<String> DIGESTS = Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);
    /** What leaves out comments, as whoever reads the text of elements does. */
    private static final Set<String> FORMS = Set.of(CanonicalizationMethod.EXCLUSIVE, CanonicalizationMethod.INCLUSIVE);

    private SamlSignature() {}

    /** @throws UnacceptableSamlException where the signature, a child of the element, does not hold for it */
    static void verify(Element signed, Element signature, List<X509Certificate> certificates) {
        try {
            for (X509Certificate certificate : certificates) {
                var context = new DOMValidateContext(certificate.getPublicKey(), signature);
                context.setProperty("org.jcp.xml.dsig.secureValidation", true);
                context.setIdAttributeNS(signed, null, "ID");
                XMLSignature found = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
                requireOnly(found, signed);
                if (holds(found, context)) {
                    return;
                }
            }
        } catch (MarshalException | ClassCastException e) {
            throw new UnacceptableSamlException("the signature cannot be read", e);
        }
        throw new UnacceptableSamlException("the signature is not the provider's");
    }

    /** A key of another kind than the signature's holds as little as a wrong one. */
    private static boolean holds(XMLSignature signature, DOMValidateContext context) {
        try {
            return signature.validate(context);
        } catch (XMLSignatureException _) {
            return false;
        }
    }

    private static void requireOnly(XMLSignature signature, Element signed) {
        SignedInfo info = signature.getSignedInfo();
        if (!SIGNATURES.contains(info.getSignatureMethod().getAlgorithm())
                || !FORMS.contains(info.getCanonicalizationMethod().getAlgorithm())) {
            throw new UnacceptableSamlException("the signature's algorithm is not accepted");
        }
        String id = signed.getAttributeNS(null, "ID");
        if (id.isEmpty() || info.getReferences().size() != 1 || !signature.getObjects().isEmpty()) {
            throw new UnacceptableSamlException("the signature is not of one element");
        }
        Reference reference = info.getReferences().getFirst();
        if (!("#" + id).equals(reference.getURI())) {
            throw new UnacceptableSamlException("the signature is of another element");
        }
        if (!DIGESTS.contains(reference.getDigestMethod().getAlgorithm())) {
            throw new UnacceptableSamlException("the signature's digest is not accepted");
        }
        List<String> transforms = reference.getTransforms().stream().map(Transform::getAlgorithm).toList();
        if (transforms.size() > 2 || !transforms.contains(Transform.ENVELOPED) || !transforms.stream()
                .allMatch(transform -> transform.equals(Transform.ENVELOPED) || FORMS.contains(transform))) {
            throw new UnacceptableSamlException("the signature is not of the whole element");
        }
    }
}
