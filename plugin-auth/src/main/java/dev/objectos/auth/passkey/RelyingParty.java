package dev.objectos.auth.passkey;

import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.util.CborConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecord;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.AuthenticatorTransport;
import com.webauthn4j.data.PublicKeyCredentialParameters;
import com.webauthn4j.data.PublicKeyCredentialType;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.util.Base64UrlUtil;
import com.webauthn4j.verifier.exception.MaliciousCounterValueException;
import com.webauthn4j.verifier.exception.VerificationException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks what authenticators answer: made for this domain, on a page of ours, for this challenge, by the key, with its owner present
 * and verified. What the authenticator says of its maker is not asked for.
 */
public final class RelyingParty {

    /** ES256, EdDSA, RS256: what authenticators in use know, in the order in which they are preferred. */
    static final List<Long> ALGORITHMS = List.of(-7L, -8L, -257L);

    private static final String LOCALHOST = "localhost";
    private static final Set<String> WEB = Set.of("http", "https");
    private static final List<PublicKeyCredentialParameters> ACCEPTED = ALGORITHMS.stream()
            .map(algorithm -> new PublicKeyCredentialParameters(PublicKeyCredentialType.PUBLIC_KEY,
                    COSEAlgorithmIdentifier.create(algorithm)))
            .toList();

    private final String id;
    private final String name;
    private final Set<Origin> origins;
    private final CborConverter cbor;
    private final WebAuthnManager webAuthn;

    /** @param publicUrl of this server; null: it is reached on this machine alone */
    public RelyingParty(PasskeyProperties properties, @Nullable URI publicUrl) {
        var accepted = new HashSet<Origin>();
        properties.origins().forEach(origin -> accepted.add(Origin.create(origin)));
        if (publicUrl != null) {
            accepted.add(Origin.create(publicUrl.getScheme() + "://" + publicUrl.getRawAuthority()));
        }
        this.origins = Set.copyOf(accepted);
        this.id = Objects.requireNonNullElseGet(properties.rpId(),
                () -> publicUrl == null ? LOCALHOST : publicUrl.getHost());
        this.name = properties.rpName();
        var converter = new ObjectConverter();
        this.cbor = converter.getCborConverter();
        this.webAuthn = WebAuthnManager.createNonStrictWebAuthnManager(converter);
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    /**
     * A new passkey, as an authenticator has made it.
     *
     * @param response a {@code RegistrationResponseJSON}
     * @throws UnacceptableException where it is not what was asked for
     */
    Kept registered(String response, String challenge) {
        return accepted(() -> kept(webAuthn.verifyRegistrationResponseJSON(response,
                new RegistrationParameters(server(challenge), ACCEPTED, true, true))));
    }

    /**
     * Which passkey somebody claims to have used; nothing of it has been checked.
     *
     * @param response an {@code AuthenticationResponseJSON}
     * @throws UnacceptableException where it cannot be read
     */
    AuthenticationData claimed(String response) {
        return accepted(() -> webAuthn.parseAuthenticationResponseJSON(response));
    }

    /**
     * Whether that passkey was used for this.
     *
     * @return what its authenticator says of itself
     * @throws UnacceptableException where it was not
     */
    AuthenticatorData<?> verified(AuthenticationData claimed, Passkey passkey, String challenge) {
        var parameters = new AuthenticationParameters(server(challenge), known(passkey), null, true, true);
        return Objects.requireNonNull(
                accepted(() -> webAuthn.verify(claimed, parameters)).getAuthenticatorData());
    }

    /** The library's parsers throw whatever they come upon in what a client has sent; none of that is accepted. */
    private static <T> T accepted(Supplier<T> checked) {
        try {
            return checked.get();
        } catch (MaliciousCounterValueException e) {
            throw new UnacceptableException("counter", e);
        } catch (VerificationException e) {
            throw new UnacceptableException(e.getClass().getSimpleName().replace("Exception", ""), e);
        } catch (RuntimeException e) {
            throw new UnacceptableException("unreadable", e);
        }
    }

    /** An answer that does not show what it should. */
    static final class UnacceptableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String reason;

        private UnacceptableException(String reason, RuntimeException cause) {
            super(reason, cause);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }

        /** Whether the key seems to be used in two places. */
        boolean isCopy() {
            return reason.equals("counter");
        }
    }

    private Kept kept(RegistrationData registered) {
        AuthenticatorData<?> data = Objects.requireNonNull(registered.getAttestationObject()).getAuthenticatorData();
        AttestedCredentialData credential = Objects.requireNonNull(data.getAttestedCredentialData());
        Set<AuthenticatorTransport> transports = registered.getTransports();
        UUID model = credential.getAaguid().getValue();
        return new Kept(Base64UrlUtil.encodeToString(credential.getCredentialId()),
                Base64UrlUtil.encodeToString(cbor.writeValueAsBytes(credential.getCOSEKey())),
                model == null ? new UUID(0, 0) : model, data.getSignCount(), data.isFlagBE(), data.isFlagBS(),
                transports == null
                        ? List.of()
                        : transports.stream().map(AuthenticatorTransport::getValue).sorted().toList());
    }

    /** The part of a {@link Passkey} that its authenticator says. */
    record Kept(String credentialId, String publicKey, UUID aaguid, long signCount, boolean backupEligible,
            boolean backedUp, List<String> transports) {}

    private CredentialRecord known(Passkey passkey) {
        COSEKey key = cbor.readValue(Base64UrlUtil.decode(passkey.publicKey()), COSEKey.class);
        var credential = new AttestedCredentialData(new AAGUID(passkey.aaguid()),
                Base64UrlUtil.decode(passkey.credentialId()), Objects.requireNonNull(key));
        return new CredentialRecordImpl(new NoneAttestationStatement(), true, passkey.backupEligible(),
                passkey.backedUp(), passkey.signCount(), credential, null, null, null, null);
    }

    private ServerProperty server(String challenge) {
        return ServerProperty.builder().originPredicate(this::ours).rpId(id).challenge(new DefaultChallenge(challenge))
                .build();
    }

    /** Where nothing is configured, pages of this very machine are ours, whatever their port. */
    private boolean ours(Origin origin) {
        return origins.isEmpty()
                ? LOCALHOST.equals(origin.getHost()) && WEB.contains(String.valueOf(origin.getScheme()))
                : origins.contains(origin);
    }

    /** What authenticators know the account as; it says nothing about its owner. */
    static byte[] handle(UUID account) {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(account.getMostSignificantBits())
                .putLong(account.getLeastSignificantBits()).array();
    }
}
