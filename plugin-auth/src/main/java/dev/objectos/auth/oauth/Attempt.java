package dev.objectos.auth.oauth;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's way to a provider and back, kept here meanwhile.
 *
 * @param redirect where the provider sends them back to
 * @param verifier secret of which the provider has seen a digest (PKCE)
 * @param nonce that the provider's token has to bring back
 * @param callback where they go on to
 * @param errorCallback where they go on to otherwise; null: they read what went wrong
 * @param browser digest of what the browser has to bring back
 * @param account to link; null: they sign in
 */
record Attempt(String provider, String redirect, String verifier, String nonce, String callback,
        @Nullable String errorCallback, String browser, @Nullable UUID account) {}
