package dev.objectos.auth.saml;

import dev.objectos.auth.identity.Joining.SignUp;
import dev.objectos.auth.provider.JoiningReader;
import dev.objectos.auth.provider.Section;
import dev.objectos.auth.provider.SectionReader;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code providers.saml}: one identity provider, or several by name. */
public final class SamlReader implements SectionReader<SamlProviders> {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";

    @Override
    public Class<SamlProviders> type() {
        return SamlProviders.class;
    }

    @Override
    public SamlProviders read(Section providers) {
        Section saml = providers.section("saml").orElse(null);
        var read = new ArrayList<SamlProvider>();
        if (saml != null && saml.text("ssoUrl").isPresent()) {
            add(saml, read);
        } else if (saml != null) {
            saml.sections().forEach(one -> add(one, read));
        }
        return new SamlProviders(read);
    }

    private static void add(Section section, List<SamlProvider> read) {
        if (section.switchedOff()) {
            return;
        }
        if (!section.name().matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
            section.refuse("", "'" + section.name() + "' cannot be the name of a provider",
                    "use letters, digits, - and _");
        }
        String entityId = section.required("entityId");
        Optional<URI> sso = section.address("ssoUrl");
        if (sso.isEmpty() && section.text("ssoUrl").isEmpty()) {
            section.refuse("ssoUrl", section.path() + " needs 'ssoUrl'", "add ssoUrl: https://…");
        }
        List<X509Certificate> certificates = certificates(section);
        var roles = new HashMap<String, Set<String>>();
        section.rolesByGroup("roleMapping").forEach((group, names) -> roles.put(group, Set.copyOf(names)));
        var provider = new SamlProvider(section.name(), entityId, sso.orElse(URI.create("https://invalid")),
                certificates, section.text("ownEntityId").orElse(null), attributes(section), roles,
                section.flag("trustEmail", false), JoiningReader.read(section, SignUp.AS_TENANT));
        if (section.usable()) {
            read.add(provider);
        }
    }

    private static SamlProvider.Attributes attributes(Section section) {
        SamlProvider.Attributes usual = SamlProvider.Attributes.USUAL;
        Section written = section.section("attributes").orElse(null);
        return written == null
                ? usual
                : new SamlProvider.Attributes(names(written, "email", usual.email()),
                        names(written, "name", usual.name()), names(written, "groups", usual.groups()));
    }

    private static List<String> names(Section section, String key, List<String> usual) {
        List<String> written = section.list(key);
        return written.isEmpty() ? usual : written;
    }

    private static List<X509Certificate> certificates(Section section) {
        String text = section.text("certificate").orElse("");
        if (text.isEmpty()) {
            section.lacks("certificate", "copy the one that signs from the provider's metadata");
            return List.of();
        }
        String pem = text.contains(BEGIN) ? text : BEGIN + "\n" + text.strip() + "\n" + END;
        var found = new ArrayList<X509Certificate>();
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .forEach(certificate -> found.add((X509Certificate) certificate));
        } catch (CertificateException _) {
            found.clear();
        }
        if (found.isEmpty()) {
            section.refuse("certificate", "the certificate cannot be read",
                    "copy it from the provider's metadata, with or without BEGIN CERTIFICATE");
        }
        return found;
    }
}
