package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/**
 * A lead from the web site whose trigger has a mail to send, which cannot go out before the server is killed.
 *
 * @param owner to whom the trigger has given it
 */
record LeadBeforeACrash(JsonNode owner) {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static LeadBeforeACrash make(ServerProcess server) {
        Answer lead = server.post("/api/data/leads", """
                {"last_name": "Visitor", "company": "Acme", "source": "Website"}""");
        assertThat(lead.status()).as(lead.body()).isEqualTo(201);
        JsonNode owner = server.get("/api/data/user/" + lead.json().path("record").path("owner").asString()).json()
                .path("record");
        assertThat(owner.path("username").asString()).startsWith("user");
        return new LeadBeforeACrash(owner);
    }

    void assertMailed(ServerProcess server, GreenMail mails) throws MessagingException {
        Patience.until("the mail", PATIENCE, () -> mails.getReceivedMessages().length > 0);
        Patience.until("the run", PATIENCE, () -> "succeeded".equals(run(server).path("status").asString()));
        MimeMessage[] received = mails.getReceivedMessages();
        assertThat(received).hasSize(1);
        assertThat(received[0].getAllRecipients()).extracting(Object::toString)
                .containsExactly(owner.path("email").asString());
        assertThat(received[0].getSubject()).contains("Visitor").contains("Acme");
        assertThat(received[0].getMessageID()).isEqualTo("<" + run(server).path("id").asString() + ".1@objectos>");
    }

    private static JsonNode run(ServerProcess server) {
        return server.get("/api/automation/runs?trigger=lead_auto_assign").json().path("items").path(0);
    }
}
