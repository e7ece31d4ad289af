package dev.objectos.audit.alert;

import dev.objectos.audit.entry.AlertRecorder;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.mail.MailFailure;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.notification.Notification;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.UserSessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Raises alerts, once for each window over all nodes, and tells people of them: inside the platform, and by mail where there is a mail
 * server. An alert is stored before anybody is told, so that none is lost; who was told already is not told twice.
 */
public final class Alerts {

    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

    /** The type of the notifications, by which people say whether they want them. */
    private static final String NEWS = "audit_alert";

    private static final int MOST_TRIES = 8;
    /** A node that dies while it tells people leaves them to another one after that. */
    private static final Duration LEASE = Duration.ofMinutes(10);

    private static final Duration FIRST_REST = Duration.ofMinutes(1);

    private final Catalogs catalogs;
    private final AlertStore store;
    private final AlertRecorder recorder;
    private final AlertRecipients recipients;
    private final Notifications notifications;
    private final @Nullable Consumer<Mail> mails;
    private final TransactionOperations transactions;
    private final Clock clock;

    /**
     * @param users who people are; empty: nobody can be told
     * @param mails takes a mail or throws a {@link MailFailure}; null: there is no mail server
     */
    public Alerts(Catalogs catalogs, DataSource worker, AlertRecorder recorder,
            Supplier<Optional<UserSessions>> users, Notifications notifications, @Nullable Consumer<Mail> mails,
            Clock clock) {
        this.catalogs = catalogs;
        this.store = new AlertStore(worker);
        this.recorder = recorder;
        this.recipients = new AlertRecipients(users);
        this.notifications = notifications;
        this.mails = mails;
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(worker));
        this.clock = clock;
    }

    /** Raises what there is reason for, and tells of what nobody has been told. */
    public void pass() {
        raise();
        tell();
    }

    private void raise() {
        List<AlertRule> rules = AlertRules.of(catalogs.current()).all();
        if (rules.isEmpty()) {
            return;
        }
        transactions.executeWithoutResult(_ -> {
            if (!store.alone()) {
                return;
            }
            Instant now = clock.instant();
            for (AlertRule rule : rules) {
                for (AlertStore.Found found : store.find(rule, now)) {
                    store.raise(rule, found, now);
                    recorder.raised(found.tenant(), rule.object(), rule.event(), found.entries(),
                            rule.window().toMinutes(), now);
                }
            }
        });
    }

    private void tell() {
        Instant now = clock.instant();
        for (Alert alert : store.claim(now, now.plus(LEASE))) {
            if (told(alert) || alert.tries() + 1 >= MOST_TRIES) {
                store.done(alert.id(), now);
            } else {
                store.again(alert.id(), now.plus(FIRST_REST.multipliedBy(1L << alert.tries())));
            }
        }
    }

    /** Whether everybody has been told who can be. */
    private boolean told(Alert alert) {
        boolean all = true;
        UUID tenant = AlertRecipients.tenant(alert);
        for (UserIdentity person : recipients.of(alert)) {
            notifications.send(new Notification(tenant, person.id(), "audit-alert:" + alert.id(), NEWS,
                    alert.title(), alert.text(), "/api/audit/events?object=" + alert.object()));
            all &= !notifications.preferences(tenant, person.id()).email(NEWS) || mailed(alert, person);
        }
        return all;
    }

    /** False where another try may help. */
    private boolean mailed(Alert alert, UserIdentity person) {
        if (mails == null || person.email().isBlank()) {
            return true;
        }
        try {
            mails.accept(new Mail("audit-alert-" + alert.id() + "-" + person.id(), List.of(person.email()), List.of(),
                    List.of(), null, alert.title(), alert.text(), null));
            return true;
        } catch (MailFailure e) {
            LOG.warn("The audit alert {} could not be mailed: {}", alert.id(), e.reason());
            return !e.temporary();
        }
    }
}
