package dev.objectos.auth.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.objectos.auth.TestingPeople;
import dev.objectos.auth.TestingPeople.Person;
import dev.objectos.auth.TestingReader;
import dev.objectos.auth.TestingServer;
import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.runtime.mail.MailFailure;
import dev.objectos.runtime.mail.MailProperties;
import dev.objectos.runtime.mail.MailServer;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Being asked to join a tenant, and answering. */
final class InvitationTest {

    private static final String ORGANIZATION = "/api/auth/organization/";
    private static final Pattern LINK = Pattern.compile("/accept-invitation\\?token=([A-Za-z0-9_-]{43})");

    @SuppressWarnings("NullAway.Init")
    private static TestingServer server;

    @SuppressWarnings("NullAway.Init")
    private static TestingPeople people;

    @BeforeAll
    static void start() {
        server = TestingServer.shared();
        people = new TestingPeople(server, "invite");
    }

    /** The token of the only mail to an address. */
    private static String mailed(String address) {
        return mailed(address, 1);
    }

    /** The token of one of several mails to an address, once it is there. */
    private static String mailed(String address, int number) {
        Matcher link = LINK.matcher(TestingReader.text(TestingReader.mail(server, address, number)));
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private static Answer accept(Map<String, ?> body) {
        return server.post(ORGANIZATION + "accept-invitation", JsonMapper.shared().writeValueAsString(body));
    }

    @Test
    void bringsSomebodyNewWhoReadsTheMail() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Answer sent = owner.post(ORGANIZATION + "invite-member",
                Map.of("email", "new@invite.example", "role", "sales"));
        assertThat(sent.json().path("status").asString()).as("%s", sent.json()).isEqualTo("pending");
        String token = mailed("new@invite.example");
        assertThat(sent.json().toString()).doesNotContain(token);
        assertThat(TestingReader.text(TestingReader.mail(server, "new@invite.example", 1)))
                .contains("The invite", "Person invite");
        Answer shown = server.get(ORGANIZATION + "get-invitation?token=" + token);
        assertThat(shown.json().path("organizationName").asString()).startsWith("The invite");
        assertThat(shown.json().path("hasAccount").asBoolean(true)).isFalse();
        assertThat(accept(Map.of("token", token)).json().path("fields").findValuesAsString("field"))
                .containsExactly("name", "password");
        assertThat(accept(Map.of("token", token, "name", "New", "password", "short")).status()).isEqualTo(400);
        Answer joined = accept(Map.of("token", token, "name", "New", "password", "a new password"));
        assertThat(joined.status()).as("%s", joined.json()).isEqualTo(200);
        assertThat(joined.json().at("/user/role").asString()).isEqualTo("sales");
        assertThat(joined.json().at("/user/emailVerified").asBoolean()).isTrue();
        assertThat(accept(Map.of("token", token, "name", "Twice", "password", "a new password")).status())
                .isEqualTo(404);
        assertThat(owner.get(ORGANIZATION + "list-invitations").json().at("/0/status").asString())
                .isEqualTo("accepted");
        assertThat(owner.post(ORGANIZATION + "invite-member", Map.of("email", "New@invite.example")).code())
                .isEqualTo("UNIQUE_VIOLATION");
    }

    @Test
    void bringsSomebodyWhoHasAnAccount() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person known = people.person(people.tenant(), "member");
        assertThat(owner.post(ORGANIZATION + "invite-member", Map.of("email", known.email(), "role", "salse")).json()
                .at("/fields/0/message").asString()).contains("salse", "sales", "admin");
        String id = owner.post(ORGANIZATION + "invite-member", Map.of("email", known.email(), "role", "admin")).json()
                .path("id").asString();
        String token = mailed(known.email());
        assertThat(accept(Map.of("token", token, "name", "Mine", "password", "not my account")).status())
                .as("who has an account signs in").isEqualTo(401);
        Person other = people.person(people.tenant(), "member");
        assertThat(other.post(ORGANIZATION + "accept-invitation", Map.of("token", token)).code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(other.post(ORGANIZATION + "accept-invitation", Map.of("invitationId", id)).status()).isEqualTo(404);
        assertThat(other.get(ORGANIZATION + "list-user-invitations").json().size()).isZero();
        assertThat(known.get(ORGANIZATION + "list-user-invitations").json().at("/0/id").asString()).isEqualTo(id);
        Answer joined = known.post(ORGANIZATION + "accept-invitation", Map.of("invitationId", id));
        assertThat(joined.json().at("/member/role").asString()).as("%s", joined.json()).isEqualTo("admin");
        assertThat(joined.json().at("/invitation/status").asString()).isEqualTo("accepted");
        assertThat(known.get("/api/auth/get-session").json().at("/session/activeOrganizationId").asString())
                .isEqualTo(tenant.toString());
    }

    @Test
    void isAcceptedByItsIdByWhoseAddressAPlatformAdministratorHasNamed() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person platform = people.platformAdministrator(people.tenant());
        Person elsewhere = people.person(people.tenant(), "admin");
        Map.of(platform, 200, elsewhere, 404).forEach((by, status) -> {
            String email = "made-by-" + by.id() + "@invite.example";
            assertThat(by.post("/api/auth/admin/create-user",
                    Map.of("email", email, "name", "Made", "password", TestingPeople.PASSWORD)).status())
                    .isEqualTo(200);
            String id = owner.post(ORGANIZATION + "invite-member", Map.of("email", email)).json().path("id").asString();
            String token = server.signIn(email, TestingPeople.PASSWORD).token();
            assertThat(server.post(ORGANIZATION + "accept-invitation", "{\"invitationId\":\"" + id + "\"}",
                    "Authorization", "Bearer " + token).status()).as(email).isEqualTo(status);
        });
    }

    @Test
    void isSentFromAnotherTenantThanTheActiveOne() {
        UUID tenant = people.tenant();
        Person owner = people.person(people.tenant(), "member");
        people.join(owner, tenant, "owner");
        Person platform = people.platformAdministrator(people.tenant());
        for (Person by : List.of(owner, platform)) {
            String email = "to-" + by.id() + "@invite.example";
            Answer sent = by.post(ORGANIZATION + "invite-member",
                    Map.of("email", email, "role", "admin", "organizationId", tenant.toString()));
            assertThat(sent.status()).as("%s", sent.json()).isEqualTo(200);
            String spare = by.post(ORGANIZATION + "invite-member",
                    Map.of("email", "spare-" + email, "organizationId", tenant.toString())).json().path("id")
                    .asString();
            assertThat(by.post(ORGANIZATION + "cancel-invitation", Map.of("invitationId", spare)).json()
                    .path("status").asString()).as("its id says to which tenant it is").isEqualTo("canceled");
            assertThat(accept(Map.of("token", mailed(email), "name", "Invited", "password", "a new password")).json()
                    .at("/user/role").asString()).isEqualTo("admin");
        }
    }

    @Test
    void holdsForAWhileAndUntilItIsAnswered() {
        Person owner = people.person(people.tenant(), "owner");
        String email = "late@invite.example";
        owner.post(ORGANIZATION + "invite-member", Map.of("email", email));
        String first = mailed(email);
        assertThat(owner.post(ORGANIZATION + "invite-member", Map.of("email", email)).code())
                .isEqualTo("UNIQUE_VIOLATION");
        owner.post(ORGANIZATION + "invite-member", Map.of("email", email, "resend", true));
        assertThat(server.get(ORGANIZATION + "get-invitation?token=" + first).status()).isEqualTo(404);
        String second = mailed(email, 2);
        assertThat(server.get(ORGANIZATION + "get-invitation?token=" + second).status()).isEqualTo(200);
        assertThat(server.post(ORGANIZATION + "reject-invitation", "{\"token\":\"" + second + "\"}").json()
                .at("/invitation/status").asString()).isEqualTo("rejected");
        assertThat(server.get(ORGANIZATION + "get-invitation?token=" + second).status()).isEqualTo(404);
        String id = owner.post(ORGANIZATION + "invite-member", Map.of("email", email)).json().path("id").asString();
        String third = mailed(email, 3);
        assertThat(owner.post(ORGANIZATION + "cancel-invitation", Map.of("invitationId", id)).json().path("status")
                .asString()).isEqualTo("canceled");
        assertThat(server.get(ORGANIZATION + "get-invitation?token=" + third).status()).isEqualTo(404);
        owner.post(ORGANIZATION + "invite-member", Map.of("email", email));
        String fourth = mailed(email, 4);
        server.clock().advance(Duration.ofDays(7));
        assertThat(server.get(ORGANIZATION + "get-invitation?token=" + fourth).status()).isEqualTo(404);
    }

    @Test
    void offersNothingThatWhoeverSentItMayNotGiveAnyMore() {
        UUID tenant = people.tenant();
        Person owner = people.person(tenant, "owner");
        Person admin = people.person(tenant, "admin");
        assertThat(admin.post(ORGANIZATION + "invite-member", Map.of("email", "own@invite.example", "role", "owner"))
                .code()).isEqualTo("PERMISSION_DENIED");
        admin.post(ORGANIZATION + "invite-member", Map.of("email", "friend@invite.example", "role", "admin"));
        String token = mailed("friend@invite.example");
        owner.post("/api/auth/admin/set-role", Map.of("userId", admin.id(), "role", "member"));
        assertThat(accept(Map.of("token", token, "name", "F", "password", "friends password")).status())
                .isEqualTo(404);
        for (String wrong : List.of("no address", "a@b, c@d", "x@y\r\nBcc: z@y")) {
            assertThat(owner.post(ORGANIZATION + "invite-member", Map.of("email", wrong)).code()).as(wrong)
                    .isEqualTo("VALIDATION_FAILED");
        }
    }

    @Test
    void isMailedOnceTheMailServerIsBack() throws IOException {
        Person owner = people.person(people.tenant(), "owner");
        String email = "patient@invite.example";
        UUID id = UUID.fromString(owner.post(ORGANIZATION + "invite-member", Map.of("email", email)).json().path("id")
                .asString());
        mailed(email);
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var away = new MailServer(new MailProperties("127.0.0.1", port, null, null, "erp@example.com", false, false,
                Duration.ofSeconds(2)), server.clock());
        BackgroundWork work = server.bean(BackgroundWork.class);
        var mails = new InvitationMails(server.bean(Invitations.class), server.bean(Organizations.class),
                server.bean(Accounts.class),
                new AccountMails(away, work, server.bean(MembershipRepository.class),
                        server.bean(SessionFactory.class)),
                server.bean(Links.class), work);
        Map<String, String> details = Map.of("invitation", id.toString(), "inviter", "Ada", "locale", "de");
        long tokens = tokens(id);
        assertThatThrownBy(() -> mails.perform(details)).isInstanceOf(MailFailure.class);
        assertThat(tokens(id)).as("no token is left of a mail that was not sent").isEqualTo(tokens);
        var back = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        back.start();
        try {
            mails.perform(details);
            MimeMessage[] mailed = back.getReceivedMessagesForDomain(email);
            assertThat(mailed).hasSize(1);
            Matcher link = LINK.matcher(TestingReader.text(mailed[0]));
            assertThat(link.find()).isTrue();
            assertThat(server.get(ORGANIZATION + "get-invitation?token=" + link.group(1)).status()).isEqualTo(200);
            owner.post(ORGANIZATION + "cancel-invitation", Map.of("invitationId", id.toString()));
            mails.perform(details);
            assertThat(back.getReceivedMessagesForDomain(email)).as("nobody hears of what is over").hasSize(1);
        } finally {
            back.stop();
        }
    }

    private static long tokens(UUID invitation) {
        return Long.parseLong(server.stored("select count(*) from platform.one_time_token where payload = '"
                + invitation + "'").getFirst());
    }
}
