package dev.objectos.auth;

import dev.objectos.auth.TestingServer.Answer;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.NewAccount;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.session.Session;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with an own account, who reads their mail, on a server. */
public record TestingReader(TestingServer server, Account account) {

    /** Of everybody, until they choose another one. */
    public static final String PASSWORD = "a rather long sentence";

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Pattern TOKEN = Pattern.compile("(?:token=|reset-password/)([\\w-]{43})");

    public static TestingReader on(TestingServer server) {
        return in(server, Session.DEFAULT_TENANT);
    }

    public static TestingReader in(TestingServer server, UUID tenant) {
        String email = freshEmail();
        return new TestingReader(server,
                server.bean(Accounts.class)
                        .create(NewAccount.person(email, "Person", true)
                                .withPassword(server.bean(Passwords.class).encode(PASSWORD), false), tenant,
                                Set.of("member")));
    }

    /** An address that nobody has used. */
    public static String freshEmail() {
        return "person-" + COUNT.incrementAndGet() + "-" + UUID.randomUUID().toString().substring(0, 8)
                + "@mail.example.org";
    }

    /** A tenant of its own. */
    public static Tenant tenant(TestingServer server, TenantSettings settings) {
        String slug = "t" + COUNT.incrementAndGet() + UUID.randomUUID().toString().substring(0, 8);
        return server.bean(TenantRepository.class)
                .save(new Tenant(UUID.randomUUID(), slug, slug, settings, server.clock().instant()));
    }

    public String email() {
        return account.email();
    }

    /** Signs in, and must not be asked for more. */
    public String token() {
        return server.signIn(email(), PASSWORD).token();
    }

    /** A body of JSON, of names and values in turn. */
    public static String json(Object... members) {
        var body = new LinkedHashMap<String, Object>();
        for (int i = 0; i < members.length; i += 2) {
            body.put((String) members[i], members[i + 1]);
        }
        return JsonMapper.shared().writeValueAsString(body);
    }

    /** Sends as whoever has that token. */
    public static Answer post(TestingServer server, String path, String token, String body) {
        return server.post(path, body, "Authorization", "Bearer " + token);
    }

    /** All mails that have arrived at an address. */
    public static List<MimeMessage> mails(TestingServer server, String address) {
        return Arrays.asList(server.mails().getReceivedMessagesForDomain(address));
    }

    /** Waits for that many mails, and returns the last. */
    public static MimeMessage mail(TestingServer server, String address, int count) {
        Eventually.await(() -> mails(server, address).size() >= count);
        return mails(server, address).get(count - 1);
    }

    /** Waits for that many mails, and returns the token in the last. */
    public static String mailedToken(TestingServer server, String address, int count) {
        Matcher token = TOKEN.matcher(text(mail(server, address, count)));
        if (!token.find()) {
            throw new AssertionError("no token in the mail");
        }
        return token.group(1);
    }

    /** What of a mail is read without HTML. */
    public static String text(MimeMessage mail) {
        return part(mail, 0);
    }

    public static String html(MimeMessage mail) {
        return part(mail, 1);
    }

    private static String part(MimeMessage mail, int number) {
        try {
            return ((MimeMultipart) mail.getContent()).getBodyPart(number).getContent().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The members of an answer without what differs each time. */
    public static Map<String, String> members(Answer answer) {
        var members = new LinkedHashMap<String, String>();
        answer.json().properties().stream().filter(member -> !member.getKey().equals("requestId"))
                .forEach(member -> members.put(member.getKey(), member.getValue().toString()));
        return members;
    }
}
