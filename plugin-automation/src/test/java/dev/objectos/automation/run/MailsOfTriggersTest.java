package dev.objectos.automation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.automation.TestingAutomation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails that triggers send, through a real mail server. */
class MailsOfTriggersTest {

    @TempDir
    private Path folder;

    private static Map<String, String> files() {
        var files = new LinkedHashMap<String, String>();
        files.put("leads.object.yml", """
                name: leads
                fields:
                  title: {type: text}
                  source: {type: select, options: [Website, Phone]}
                """);
        files.put("assign.trigger.yml", """
                name: lead_auto_assign
                object: leads
                event: afterInsert
                conditions:
                  - field: source
                    operator: equals
                    value: 'Website'
                actions:
                  - type: update_field
                    field: owner
                    value:
                      type: round_robin
                      pool: ['user1', 'user2']
                  - type: send_email
                    to: ${record.owner.email}
                    template: new_lead_assigned
                """);
        files.put("templates/new_lead_assigned.template.yml", """
                object: leads
                subject: {en: "New: ${record.title}", de: "Neu: ${record.title}"}
                text: {en: "Hello ${record.owner.name}: ${record.title}", de: "Hallo ${record.owner.name}: ${record.title}"}
                html: {en: "<p>${record.title}</p>", de: "<p>${record.title}</p>"}
                """);
        return files;
    }

    private static MimeMessage mail(TestingAutomation server) {
        return TestingAutomation.await(() -> {
            MimeMessage[] messages = server.mails().getReceivedMessages();
            return messages.length == 0 ? null : messages[messages.length - 1];
        }, () -> server.runs("lead_auto_assign").toString());
    }

    @Test
    void theNewOwnerHearsOfALeadOnceInTheirLanguage() throws Exception {
        try (var server = TestingAutomation.start(folder, "mails_of_triggers", files())) {
            server.create("user", Map.of("name", "Uno", "username", "user1", "email", "user1@example.com", "locale",
                    "de-AT"));
            server.user("user2", "user2@example.com");
            var lead = server.create("leads", Map.of("source", "Website", "title", "Big <deal>\r\nBcc: x@y.z"));
            server.create("leads", Map.of("source", "Phone", "title", "other"));

            MimeMessage mail = mail(server);
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly("user1@example.com");
            assertThat(mail.getSubject()).isEqualTo("Neu: Big <deal> Bcc: x@y.z");
            var parts = (MimeMultipart) mail.getContent();
            assertThat(parts.getBodyPart(0).getContent().toString()).startsWith("Hallo Uno: Big <deal>");
            assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>Big &lt;deal&gt;");
            Run run = server.run("lead_auto_assign", Run.Status.SUCCEEDED);
            assertThat(run.record()).isEqualTo(lead.id());
            assertThat(mail.getMessageID()).isEqualTo("<" + run.id() + ".1@objectos>");
            assertThat(TestingAutomation.json(lead).path("owner").asString())
                    .isEqualTo(server.all("user", "username", "user1").getFirst().path("id").asString());

            // As a crash leaves it that comes right after the mail server has taken the mail.
            server.bean(TestingRuns.class).forget(run.id());
            server.bean(RunExecutor.class).execute(run.id(), Session.system(Session.DEFAULT_TENANT, Origin.TRIGGER));

            MimeMessage[] messages = server.mails().getReceivedMessages();
            assertThat(messages).hasSize(2);
            assertThat(messages[1].getMessageID()).isEqualTo(mail.getMessageID());
        }
    }

    @Test
    void aMailThatCannotBeSentIsAFailureThatSaysWhy() {
        try (var server = TestingAutomation.start(folder, "mails_nowhere", files(), "objectos.mail.host", "")) {
            server.user("user1", "user1@example.com");
            server.user("user2", "user2@example.com");
            server.create("leads", Map.of("source", "Website", "title", "one"));

            Run run = server.run("lead_auto_assign", Run.Status.FAILED);
            assertThat(run.error()).isEqualTo("no mail server is configured; set objectos.mail.host");
            assertThat(run.done()).containsExactly(0);
        }
    }

    @Test
    void aMailServerThatIsAwayIsTriedAgain() {
        try (var server = TestingAutomation.start(folder, "mails_later", files())) {
            server.user("user1", "user1@example.com");
            server.user("user2", "user2@example.com");
            int port = server.mails().getSmtp().getPort();
            server.mails().stop();
            UUID lead = server.create("leads", Map.of("source", "Website", "title", "one")).id();
            Run failed = server.run("lead_auto_assign", Run.Status.FAILED);
            assertThat(failed.ended()).isFalse();
            assertThat(failed.error()).startsWith("the mail was not sent: ").contains(Integer.toString(port));

            server.mails().start();

            Run run = server.run("lead_auto_assign", Run.Status.SUCCEEDED);
            assertThat(run.attempts()).isGreaterThan(1);
            assertThat(run.record()).isEqualTo(lead);
            assertThat(server.mails().getReceivedMessages()).hasSize(1);
        }
    }
}
