package dev.objectos.automation.run;

import dev.objectos.automation.trigger.Action;
import dev.objectos.automation.trigger.MailContent;
import dev.objectos.automation.trigger.TextTemplate;
import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.mail.MailServer;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.notification.Notification;
import dev.objectos.runtime.notification.Notifications;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The actions of a run that tell people of something. */
public final class Messages {

    private final MailServer mails;
    private final Notifications notifications;

    public Messages(MailServer mails, Notifications notifications) {
        this.mails = mails;
        this.notifications = notifications;
    }

    /**
     * Sends a mail.
     *
     * @param effect the same in each try; becomes the Message-ID
     */
    void send(Action.SendMail mail, String effect, RunValues values, Catalog catalog, String object) {
        List<Reader> to = readers(mail.to(), values, catalog);
        MailContent content = content(mail, catalog, object, to.getFirst().locale());
        TextTemplate text = content.text();
        TextTemplate html = content.html();
        List<Reader> replyTo = mail.replyTo() == null
                ? List.of()
                : readers(List.of(mail.replyTo()), values, catalog);
        mails.send(new Mail(effect.replace(':', '.'), addresses(to), addresses(mail.cc(), values, catalog),
                addresses(mail.bcc(), values, catalog), replyTo.isEmpty() ? null : replyTo.getFirst().address(),
                values.text(content.subject()), text == null ? null : values.text(text),
                html == null ? null : html.render(values::evaluate, HtmlUtils::htmlEscape)));
    }

    private static MailContent content(Action.SendMail mail, Catalog catalog, String object, Locale locale) {
        String template = mail.template();
        if (template == null) {
            return Objects.requireNonNull(mail.content());
        }
        return Triggers.of(catalog).template(template).flatMap(known -> known.content(object, locale)).orElseThrow(
                () -> new TriggerFailure("there is no template '" + template + "' that can be used with " + object));
    }

    /** Tells users inside the platform, each once. */
    void tell(Action.Notify news, String effect, RunValues values, Catalog catalog, Run run) {
        for (Action.Recipient recipient : news.to()) {
            UUID user = user(recipient, values);
            if (user == null) {
                throw new TriggerFailure("there is nobody to tell");
            }
            Locale locale = reader(user, values, catalog).locale();
            String template = news.template();
            MailContent content = template == null
                    ? null
                    : Triggers.of(catalog).template(template).flatMap(known -> known.content(run.object(), locale))
                            .orElse(null);
            TextTemplate title = content == null ? news.title() : content.subject();
            TextTemplate body = content == null ? news.body() : content.text();
            TextTemplate link = news.link();
            notifications.send(new Notification(run.tenant(), user, "automation:" + effect,
                    template == null ? run.trigger() : template, values.text(title),
                    body == null ? null : values.text(body), link == null ? null : values.text(link)));
        }
    }

    /** Who gets a mail, and in which language. */
    private record Reader(String address, Locale locale) {}

    private static List<String> addresses(List<Reader> readers) {
        return readers.stream().map(Reader::address).toList();
    }

    private static List<String> addresses(List<Action.Recipient> recipients, RunValues values, Catalog catalog) {
        return recipients.isEmpty() ? List.of() : addresses(readers(recipients, values, catalog));
    }

    private static List<Reader> readers(List<Action.Recipient> recipients, RunValues values, Catalog catalog) {
        var readers = new ArrayList<Reader>();
        for (Action.Recipient recipient : recipients) {
            String written = recipient instanceof Action.Recipient.Written(TextTemplate text)
                    ? values.text(text).strip()
                    : "";
            if (written.contains("@")) {
                Map<Object, UUID> known = values.stored().find(Catalog.USER, "email", List.of(written));
                UUID user = known.get(written);
                readers.add(user == null ? new Reader(written, Locale.ENGLISH) : reader(user, values, catalog));
            } else {
                UUID user = user(recipient, values);
                if (user == null) {
                    throw new TriggerFailure("there is nobody to send it to: the address is empty");
                }
                Reader reader = reader(user, values, catalog);
                if (reader.address().isBlank()) {
                    throw new TriggerFailure("the user " + user + " has no e-mail address");
                }
                readers.add(reader);
            }
        }
        return readers;
    }

    private static @Nullable UUID user(Action.Recipient recipient, RunValues values) {
        return switch (recipient) {
            case Action.Recipient.User user -> (UUID) values.evaluate(user.id());
            case Action.Recipient.Written(TextTemplate text) -> {
                String who = values.text(text).strip();
                yield who.isEmpty() ? null : values.users().one(who);
            }
        };
    }

    private static Reader reader(UUID user, RunValues values, Catalog catalog) {
        ObjectDefinition users = catalog.object(Catalog.USER).orElseThrow();
        Map<String, @Nullable Object> row = values.stored().row(users, user);
        return row == null
                ? new Reader("", Locale.ENGLISH)
                : new Reader(Objects.toString(row.get("email"), ""), RunContext.locale(row.get("locale")));
    }
}
