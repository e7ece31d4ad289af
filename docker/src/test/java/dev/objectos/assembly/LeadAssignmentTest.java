package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The CRM's trigger for leads from the web site, across a crash between the lead and its mail. */
class LeadAssignmentTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void theOwnerOfALeadGetsAMailAlthoughTheServerIsKilledBefore() throws IOException, MessagingException {
        int port = freePort();
        var mails = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        Map<String, String> settings = Map.of("OBJECTOS_MAIL_HOST", "127.0.0.1", "OBJECTOS_MAIL_PORT",
                Integer.toString(port));
        Path home = folder.resolve("home");
        JsonNode owner;
        try (var server = ServerProcess.start(home, true, List.of(), settings)) {
            Set<String> owners = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                owners.add(lead(server, "Referral" + i).path("owner").asString());
            }
            assertThat(owners).hasSize(1);
            Answer lead = server.post("/api/data/leads", """
                    {"last_name": "Visitor", "company": "Acme", "source": "Website"}""");
            assertThat(lead.status()).as(lead.body()).isEqualTo(201);
            owner = server.get("/api/data/user/" + lead.json().path("record").path("owner").asString()).json()
                    .path("record");
            assertThat(owner.path("username").asString()).startsWith("user");
            server.kill();
        }
        mails.start();
        try (var server = ServerProcess.start(home, true, List.of(), settings)) {
            Patience.until("the mail", PATIENCE, () -> mails.getReceivedMessages().length > 0);
            Patience.until("the run", PATIENCE, () -> "succeeded".equals(run(server).path("status").asString()));
            MimeMessage[] received = mails.getReceivedMessages();
            assertThat(received).hasSize(1);
            assertThat(received[0].getAllRecipients()).extracting(Object::toString)
                    .containsExactly(owner.path("email").asString());
            assertThat(received[0].getSubject()).contains("Visitor").contains("Acme");
            assertThat(received[0].getMessageID())
                    .isEqualTo("<" + run(server).path("id").asString() + ".1@objectos>");
        } finally {
            mails.stop();
        }
    }

    private static JsonNode lead(ServerProcess server, String name) {
        return server.post("/api/data/leads", "{\"name\": \"" + name + "\", \"source\": \"Referral\"}").json()
                .path("record");
    }

    private static JsonNode run(ServerProcess server) {
        return server.get("/api/automation/runs?trigger=lead_auto_assign").json().path("items").path(0);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
