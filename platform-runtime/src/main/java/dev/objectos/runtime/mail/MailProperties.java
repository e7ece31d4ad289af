package dev.objectos.runtime.mail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mail server ({@code objectos.mail}); {@code spring.mail.host}, {@code port}, {@code username} and {@code password} serve
 * where nothing is said here.
 *
 * @param host null: no mail can be sent
 * @param port null: 587 with {@code starttls}, 465 with {@code ssl}, else 25
 * @param from the sender of all mails; null: {@code no-reply@} this host
 * @param starttls whether a connection that is not encrypted is given up
 * @param ssl whether the connection is encrypted from the beginning
 * @param timeout of connecting, and of each answer
 */
@ConfigurationProperties("objectos.mail")
public record MailProperties(@Nullable String host, @Nullable Integer port, @Nullable String username,
        @Nullable String password, @Nullable String from, @DefaultValue("false") boolean starttls,
        @DefaultValue("false") boolean ssl, @DefaultValue("4s") Duration timeout) {

    /** Where mails are given to; empty: nowhere. */
    public String server() {
        return host == null ? "" : host.strip();
    }

    int actualPort() {
        if (port != null) {
            return port;
        }
        return ssl ? 465 : starttls ? 587 : 25;
    }

    /** The same with another server, where none is named here. */
    public MailProperties orElse(@Nullable String otherHost, @Nullable Integer otherPort, @Nullable String otherUser,
            @Nullable String otherPassword) {
        return server().isEmpty()
                ? new MailProperties(otherHost, otherPort, otherUser, otherPassword, from, starttls, ssl, timeout)
                : this;
    }
}
