package com.acme.loyalty;

import dev.objectos.runtime.spi.PluginSecrets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs vouchers, so that a till can check them without asking the server. Other plugins use it as the service
 * {@code acme.vouchers}: their contract is an interface of the JDK, for they do not see the classes of this plugin. The key is a
 * secret that administrators set, {@code ./objectos plugin secret acme-loyalty VOUCHER_KEY}, and that no file holds.
 */
public final class Vouchers implements UnaryOperator<String> {

    private static final String ALGORITHM = "HmacSHA256";

    private final PluginSecrets secrets;

    public Vouchers(PluginSecrets secrets) {
        this.secrets = secrets;
    }

    /** The signature for a holder. */
    @Override
    public String apply(String holder) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            // Asked each time: a key that is replaced counts at once.
            mac.init(new SecretKeySpec(secrets.get("VOUCHER_KEY").getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(holder.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM knows " + ALGORITHM, e);
        }
    }
}
