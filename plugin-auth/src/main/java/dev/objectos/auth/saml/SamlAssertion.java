package dev.objectos.auth.saml;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a provider says of somebody, checked.
 *
 * @param expiresAt from when on it counts no more
 * @param subject what the provider calls the person
 * @param subjectFormat how, a URI; empty: not told
 * @param attributes the values of each, by name
 */
record SamlAssertion(String id, Instant expiresAt, String subject, String subjectFormat,
        Map<String, List<String>> attributes) {

    SamlAssertion {
        attributes = Map.copyOf(attributes);
    }

    /** The values of the first of these attributes that is there. */
    List<String> values(List<String> names) {
        return names.stream().map(name -> attributes.getOrDefault(name, List.of()))
                .filter(values -> !values.isEmpty()).findFirst().orElse(List.of());
    }
}
