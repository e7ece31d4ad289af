package dev.objectos.runtime.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/** Gives mails to a mail server by SMTP. */
public final class MailServer {

    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final MailProperties properties;
    private final Clock clock;
    private final Session session;

    public MailServer(MailProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.session = session(properties);
    }

    private static Session session(MailProperties properties) {
        var settings = new Properties();
        String millis = Long.toString(properties.timeout().toMillis());
        settings.setProperty("mail.transport.protocol", "smtp");
        settings.setProperty("mail.smtp.host", properties.server());
        settings.setProperty("mail.smtp.port", Integer.toString(properties.actualPort()));
        settings.setProperty("mail.smtp.connectiontimeout", millis);
        settings.setProperty("mail.smtp.timeout", millis);
        settings.setProperty("mail.smtp.writetimeout", millis);
        settings.setProperty("mail.smtp.starttls.enable", "true");
        settings.setProperty("mail.smtp.starttls.required", Boolean.toString(properties.starttls()));
        settings.setProperty("mail.smtp.ssl.enable", Boolean.toString(properties.ssl()));
        settings.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        settings.setProperty("mail.mime.address.strict", "true");
        String username = properties.username();
        if (username == null || username.isEmpty()) {
            return Session.getInstance(settings);
        }
        settings.setProperty("mail.smtp.auth", "true");
        return Session.getInstance(settings, new Authenticator() {

            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(username, Objects.requireNonNullElse(properties.password(), ""));
            }
        });
    }

    /** Whether there is a server to give mails to. */
    public boolean configured() {
        return !properties.server().isEmpty();
    }

    /**
     * Returns once the server has taken the mail. Sent again it has the same Message-ID, so that readers may know it again.
     *
     * @throws MailFailure where it has not
     */
    public void send(Mail mail) {
        if (properties.server().isEmpty()) {
            throw new MailFailure("no mail server is configured; set objectos.mail.host");
        }
        try {
            Transport.send(message(mail));
        } catch (MessagingException e) {
            throw new MailFailure("the mail was not sent: " + reason(e), temporary(e), e);
        }
    }

    private MimeMessage message(Mail mail) throws MessagingException {
        String id = "<" + mail.id() + "@objectos>";
        var message = new MimeMessage(session) {

            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        message.setFrom(address(sender()));
        add(message, Message.RecipientType.TO, mail.to());
        add(message, Message.RecipientType.CC, mail.cc());
        add(message, Message.RecipientType.BCC, mail.bcc());
        if (mail.replyTo() != null) {
            message.setReplyTo(new InternetAddress[]{address(mail.replyTo())});
        }
        message.setSubject(mail.subject().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip(), UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Auto-Submitted", "auto-generated");
        content(message, mail.text(), mail.html());
        message.saveChanges();
        return message;
    }

    private static void content(MimeMessage message, @Nullable String text, @Nullable String html)
            throws MessagingException {
        if (html == null) {
            message.setText(Objects.requireNonNullElse(text, ""), UTF_8);
        } else if (text == null) {
            message.setText(html, UTF_8, "html");
        } else {
            var plain = new MimeBodyPart();
            plain.setText(text, UTF_8);
            var rich = new MimeBodyPart();
            rich.setText(html, UTF_8, "html");
            message.setContent(new MimeMultipart("alternative", plain, rich));
        }
    }

    private static void add(MimeMessage message, Message.RecipientType type, List<String> addresses)
            throws MessagingException {
        for (String address : addresses) {
            message.addRecipient(type, address(address));
        }
    }

    /** One address; whatever might become another recipient or another header is refused. */
    private static InternetAddress address(String written) throws MessagingException {
        if (written.chars().anyMatch(Character::isISOControl)) {
            throw new MailFailure("an e-mail address must not hold line breaks");
        }
        try {
            InternetAddress[] parsed = InternetAddress.parse(written, true);
            if (parsed.length != 1 || parsed[0].isGroup()) {
                throw new MailFailure("'" + written + "' is not one e-mail address");
            }
            parsed[0].validate();
            return parsed[0];
        } catch (AddressException e) {
            throw new MailFailure("'" + written + "' is no e-mail address");
        }
    }

    private String sender() {
        String from = properties.from();
        return from == null || from.isBlank() ? "no-reply@localhost" : from;
    }

    /** A mail that the server refuses for good is not worth another try; whatever else went wrong is. */
    private static boolean temporary(MessagingException e) {
        for (Exception part = e; part instanceof MessagingException failure; part = failure.getNextException()) {
            int answer = switch (part) {
                case SMTPSendFailedException refused -> refused.getReturnCode();
                case SMTPAddressFailedException refused -> refused.getReturnCode();
                default -> 0;
            };
            if (answer >= 500) {
                return false;
            }
        }
        return !(e instanceof SendFailedException && e.getNextException() == null);
    }

    private String reason(MessagingException e) {
        Exception inner = e.getNextException();
        String message = inner == null || inner.getMessage() == null ? e.getMessage() : inner.getMessage();
        return Objects.requireNonNullElse(message, "no answer").strip() + " (mail server " + properties.server() + ":"
                + properties.actualPort() + ")";
    }
}
