package dev.objectos.auth.saml;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.Deflater;
import org.springframework.web.util.HtmlUtils;

/** Writes what this server says to providers: requests, and its own metadata. */
final class SamlRequest {

    private SamlRequest() {}

    /** Where a browser is sent to sign in (redirect binding). */
    static URI address(SamlProvider provider, String id, String self, String consumer, Instant now) {
        String xml = """
                <samlp:AuthnRequest xmlns:samlp="%s" xmlns:saml="%s" ID="%s" Version="2.0" IssueInstant="%s" \
                Destination="%s" AssertionConsumerServiceURL="%s" \
                ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">\
                <saml:Issuer>%s</saml:Issuer></samlp:AuthnRequest>""".formatted(SamlXml.PROTOCOL, SamlXml.ASSERTION,
                escaped(id), now.truncatedTo(ChronoUnit.SECONDS), escaped(provider.ssoUrl().toString()),
                escaped(consumer), escaped(self));
        String before = provider.ssoUrl().getRawQuery() == null ? "?" : "&";
        return URI.create(provider.ssoUrl() + before + "SAMLRequest="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(deflated(xml)), StandardCharsets.UTF_8));
    }

    /** What a provider has to know of this server. */
    static String metadata(String self, String consumer) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
                  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" \
                protocolSupportEnumeration="%s">
                    <md:AssertionConsumerService index="0" isDefault="true" \
                Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="%s"/>
                  </md:SPSSODescriptor>
                </md:EntityDescriptor>
                """.formatted(escaped(self), SamlXml.PROTOCOL, escaped(consumer));
    }

    private static String escaped(String text) {
        return HtmlUtils.htmlEscapeDecimal(text, StandardCharsets.UTF_8.name());
    }

    private static byte[] deflated(String xml) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(xml.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            var out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        }
    }
}
