package dev.objectos.runtime.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail to send.
 *
 * @param id the same whenever the same mail is sent again; letters, digits, dots and hyphens
 * @param text null: {@code html} alone
 * @param html null: {@code text} alone
 */
public record Mail(String id, List<String> to, List<String> cc, List<String> bcc, @Nullable String replyTo,
        String subject, @Nullable String text, @Nullable String html) {

    public Mail {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
    }
}
