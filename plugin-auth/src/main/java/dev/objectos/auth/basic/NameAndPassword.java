package dev.objectos.auth.basic;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What the header {@code Authorization: Basic} carries (RFC 7617).
 *
 * @param name an e-mail or a user name; has no colon
 */
record NameAndPassword(String name, String password) {

    private static final String SCHEME = "Basic ";

    static boolean isIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @throws PlatformException {@code INVALID_REQUEST} where it has not the form of that scheme, in UTF-8 */
    static NameAndPassword read(String authorization) {
        try {
            byte[] bytes = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
            String pair = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            int colon = pair.indexOf(':');
            if (colon > 0 && colon < pair.length() - 1) {
                return new NameAndPassword(pair.substring(0, colon), pair.substring(colon + 1));
            }
        } catch (IllegalArgumentException | CharacterCodingException _) {
            // Refused below; what is wrong with it might quote it.
        }
        throw new PlatformException(RuntimeError.INVALID_REQUEST,
                "Authorization: Basic takes a name, a colon and a password, in UTF-8 and then in base64");
    }

    /** Says nothing of the password. */
    @Override
    public String toString() {
        return name;
    }
}
