package dev.objectos.auth.oauth;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The providers of {@code oauth2} and {@code oidc} that can be used, by name. */
record OAuthSettings(Map<String, OAuthProvider> providers) {

    OAuthSettings {
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    }
}
