package dev.objectos.auth.recovery;

import dev.objectos.auth.session.Client;
import dev.objectos.auth.throttle.Limit;
import dev.objectos.auth.throttle.Throttle;
import dev.objectos.runtime.PlatformException;

/** Keeps this server from filling mailboxes: so many mails to an address, and so many that are asked for from one place. */
public final class MailLimits {

    private static final String REFUSAL = "Too many mails were asked for";

    private final Throttle throttle;
    private final MailLimitProperties properties;

    public MailLimits(Throttle throttle, MailLimitProperties properties) {
        this.throttle = throttle;
        this.properties = properties;
    }

    /**
     * Counts a mail that somebody asks for, whether or not one will be sent.
     *
     * @throws PlatformException {@code RATE_LIMITED} with {@code retryAfter} in seconds
     */
    public void count(String address, Client client) {
        String from = client.ipAddress();
        if (from != null) {
            throttle.attempt("mail from", from, limit(properties.perClient()), REFUSAL);
        }
        throttle.attempt("mail to", address, limit(properties.perAddress()), REFUSAL);
    }

    private Limit limit(int mails) {
        return new Limit(mails, properties.within(), properties.within(), properties.within());
    }
}
