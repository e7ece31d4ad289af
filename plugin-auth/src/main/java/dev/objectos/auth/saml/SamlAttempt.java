package dev.objectos.auth.saml;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of somebody on the way to a provider and back.
 *
 * @param provider by its name
 * @param cookie digest of what their browser keeps, base64url: nobody finishes for another
 * @param callback where they go afterwards
 */
record SamlAttempt(String provider, String cookie, String callback) {

    /** The same with whom the provider has named, until their own browser asks for it. */
    record Arrived(SamlAttempt attempt, String subject, @Nullable String email, @Nullable String name,
            Set<String> roles) {}
}
