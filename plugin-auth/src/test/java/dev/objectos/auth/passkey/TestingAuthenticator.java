package dev.objectos.auth.passkey;

import com.webauthn4j.converter.AttestationObjectConverter;
import com.webauthn4j.converter.AuthenticatorDataConverter;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.AttestationObject;
import com.webauthn4j.data.attestation.authenticator.AAGUID;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.authenticator.AuthenticatorData;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An authenticator with one key, and the browser around it; both do what they are told, also what real ones would not. */
final class TestingAuthenticator {

    private static final byte PRESENT_AND_VERIFIED = AuthenticatorData.BIT_UP | AuthenticatorData.BIT_UV;

    private final ObjectConverter converter = new ObjectConverter();
    private final KeyPair keys = generate();
    private final byte[] credentialId = new byte[32];

    String origin = "http://localhost:3000";
    @Nullable
    String rpId;
    byte flags = PRESENT_AND_VERIFIED;
    long counter;
    byte @Nullable [] userHandle;
    boolean tampered;

    TestingAuthenticator() {
        new SecureRandom().nextBytes(credentialId);
    }

    String credentialId() {
        return encoded(credentialId);
    }

    /** @param options as {@code generate-register-options} answers them */
    String register(JsonNode options) {
        userHandle = Base64.getUrlDecoder().decode(options.at("/user/id").asString());
        byte[] client = client("webauthn.create", options);
        var credential = new AttestedCredentialData(AAGUID.ZERO, credentialId,
                EC2COSEKey.create((java.security.interfaces.ECPublicKey) keys.getPublic(),
                        COSEAlgorithmIdentifier.ES256));
        AuthenticatorData<com.webauthn4j.data.extension.authenticator.RegistrationExtensionAuthenticatorOutput> data = new AuthenticatorData<>(
                digest(rpId(options.at("/rp/id"))), (byte) (flags | AuthenticatorData.BIT_AT), counter, credential);
        byte[] attestation = new AttestationObjectConverter(converter)
                .convertToBytes(new AttestationObject(data, new NoneAttestationStatement()));
        return answer(Map.of("clientDataJSON", encoded(client), "attestationObject", encoded(attestation),
                "transports", List.of("usb", "internal")));
    }

    /** @param options as {@code generate-authenticate-options} answers them */
    String authenticate(JsonNode options) {
        byte[] client = client("webauthn.get", options);
        byte[] data = new AuthenticatorDataConverter(converter)
                .convert(new AuthenticatorData<>(digest(rpId(options.path("rpId"))), flags, counter));
        var response = new LinkedHashMap<String, Object>();
        response.put("clientDataJSON", encoded(client));
        response.put("authenticatorData", encoded(data));
        response.put("signature", encoded(signed(data, digest(client))));
        if (userHandle != null) {
            response.put("userHandle", encoded(userHandle));
        }
        return answer(response);
    }

    private String answer(Map<String, Object> response) {
        return JsonMapper.shared().writeValueAsString(Map.of("id", credentialId(), "rawId", credentialId(), "type",
                "public-key", "clientExtensionResults", Map.of(), "authenticatorAttachment", "platform", "response",
                response));
    }

    private byte[] client(String type, JsonNode options) {
        var data = new LinkedHashMap<String, Object>();
        data.put("type", type);
        data.put("challenge", options.path("challenge").asString());
        data.put("origin", origin);
        data.put("crossOrigin", false);
        return JsonMapper.shared().writeValueAsBytes(data);
    }

    private byte[] rpId(JsonNode asked) {
        return (rpId == null ? asked.asString() : rpId).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] signed(byte[] data, byte[] clientDigest) {
        try {
            var message = new ByteArrayOutputStream();
            message.writeBytes(data);
            message.writeBytes(clientDigest);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(tampered ? generate().getPrivate() : keys.getPrivate());
            signature.update(message.toByteArray());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
