package dev.objectos.auth.mail;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.mail.MailFailure;
import dev.objectos.runtime.mail.MailServer;
import dev.objectos.runtime.session.Session;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends mails to the owners of accounts, and to those who want to become one. */
public final class AccountMails implements BackgroundTask {

    private static final Logger LOG = LoggerFactory.getLogger(AccountMails.class);

    private static final String KIND = "mail";
    private static final String MAIL = "mail";
    private static final String TO = "to";
    private static final String LANGUAGE = "locale";

    private final MailServer server;
    private final BackgroundWork work;
    private final MembershipRepository memberships;
    private final SessionFactory sessions;

    public AccountMails(MailServer server, BackgroundWork work, MembershipRepository memberships,
            SessionFactory sessions) {
        this.server = server;
        this.work = work;
        this.memberships = memberships;
        this.sessions = sessions;
    }

    @Override
    public String kind() {
        return KIND;
    }

    /** Sends later what tells its reader something, to the address that the account has at the moment. */
    public void later(AccountMail mail, Account account, Map<String, String> values) {
        later(mail, account.email(), language(account), with(account, values));
    }

    /** The same to another address. */
    public void later(AccountMail mail, String to, Locale language, Map<String, String> values) {
        var details = new HashMap<>(values);
        details.put(MAIL, mail.name());
        details.put(TO, to);
        details.put(LANGUAGE, language.toLanguageTag());
        work.leave(KIND, details);
    }

    @Override
    public void perform(Map<String, String> details) {
        send(AccountMail.valueOf(String.valueOf(details.get(MAIL))), String.valueOf(details.get(TO)),
                Locale.forLanguageTag(String.valueOf(details.get(LANGUAGE))), details);
    }

    /** Sends now, in the background. */
    public void send(AccountMail mail, Account account, Map<String, String> values) {
        send(mail, account.email(), language(account), with(account, values));
    }

    /**
     * Sends now, in the background; what cannot be sent at all, now or later, is given up.
     *
     * @throws MailFailure where another attempt may help
     */
    public void send(AccountMail mail, String to, Locale language, Map<String, String> values) {
        MailTexts.Content content = MailTexts.of(mail, language, values);
        try {
            server.send(new Mail(UUID.randomUUID().toString(), List.of(to), List.of(), List.of(), null,
                    content.subject(), content.text(), content.html()));
        } catch (MailFailure e) {
            if (e.temporary()) {
                throw e;
            }
            LOG.warn("A mail ({}) is given up: {}", mail.key(), e.reason());
        }
    }

    /** The language in which the account's owner works, where they do so first. */
    public Locale language(Account account) {
        return memberships.findByAccountIdOrderByCreatedAtAscTenantIdAsc(account.id()).stream()
                .flatMap(member -> sessions.session(account, member.tenantId(), null, null).stream())
                .map(Session::locale).findFirst().orElse(Locale.ENGLISH);
    }

    private static Map<String, String> with(Account account, Map<String, String> values) {
        var all = new HashMap<>(values);
        all.put("email", account.email());
        return all;
    }
}
