package dev.objectos.runtime.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailServerTest {

    private final GreenMail received = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        received.start();
    }

    @AfterEach
    void stop() {
        received.stop();
    }

    private MailServer server(@Nullable String host, int port) {
        return new MailServer(new MailProperties(host, port, null, null, "crm@example.com", false, false,
                Duration.ofSeconds(2)), Clock.systemUTC());
    }

    private MailServer server() {
        return server("127.0.0.1", received.getSmtp().getPort());
    }

    private static Mail mail(String to, String subject) {
        return new Mail("run.1", List.of(to), List.of(), List.of(), null, subject, "Grüße", "<p>Grüße</p>");
    }

    @Test
    void sendsTextAndHtmlUnderAStableId() throws Exception {
        server().send(mail("Ada <ada@example.com>", "Neuer Lead: Großmann"));
        server().send(mail("Ada <ada@example.com>", "Neuer Lead: Großmann"));

        MimeMessage[] messages = received.getReceivedMessages();
        assertThat(messages).hasSize(2);
        assertThat(messages[0].getMessageID()).isEqualTo("<run.1@objectos>").isEqualTo(messages[1].getMessageID());
        assertThat(messages[0].getSubject()).isEqualTo("Neuer Lead: Großmann");
        assertThat(messages[0].getFrom()[0].toString()).isEqualTo("crm@example.com");
        assertThat(messages[0].getRecipients(Message.RecipientType.TO)[0].toString())
                .isEqualTo("Ada <ada@example.com>");
        var parts = (MimeMultipart) messages[0].getContent();
        assertThat(parts.getBodyPart(0).getContent().toString().strip()).isEqualTo("Grüße");
        assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com\r\nBcc: eve@example.com", "ada@example.com, eve@example.com", "ada",
            "x <ada@example.com>, eve@example.com", "friends: a@example.com, b@example.com;"})
    void refusesWhatWouldReachSomebodyElse(String address) {
        assertThatThrownBy(() -> server().send(mail(address, "x"))).isInstanceOfSatisfying(MailFailure.class,
                failure -> assertThat(failure.temporary()).isFalse());
        assertThat(received.getReceivedMessages()).isEmpty();
    }

    @Test
    void aSubjectStaysOneHeader() throws Exception {
        server().send(mail("ada@example.com", "News\r\nBcc: eve@example.com"));

        MimeMessage message = received.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("News Bcc: eve@example.com");
        assertThat(message.getHeader("Bcc")).isNull();
    }

    @Test
    void saysThatThereIsNoServer() {
        assertThatThrownBy(() -> server(null, 25).send(mail("ada@example.com", "x"))).isInstanceOfSatisfying(
                MailFailure.class, failure -> assertThat(failure.reason()).contains("objectos.mail.host"));
    }

    @Test
    void aServerThatDoesNotAnswerMayBeTriedAgain() {
        int port = received.getSmtp().getPort();
        received.stop();

        assertThatThrownBy(() -> server("127.0.0.1", port).send(mail("ada@example.com", "x")))
                .isInstanceOfSatisfying(MailFailure.class, failure -> assertThat(failure.temporary()).isTrue());
    }
}
