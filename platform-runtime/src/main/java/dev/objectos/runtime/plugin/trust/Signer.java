package dev.objectos.runtime.plugin.trust;

import java.time.Instant;

/**
 * Who vouched for a package.
 *
 * @param keyId of the key that was used
 * @param publisher to whom the server's administrator ascribes the key
 * @param signedAt as the signer says
 */
public record Signer(String keyId, String publisher, Instant signedAt) {}
