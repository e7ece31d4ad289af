package dev.objectos.auth.organization;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.background.BackgroundTask;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Tells people that they are invited, in the background: a mail server that is down keeps nobody from inviting. The token is made when
 * the mail is, so that none waits in a queue.
 */
public final class InvitationMails implements BackgroundTask {

    private static final String PATH = "/accept-invitation";
    private static final String INVITATION = "invitation";
    private static final String INVITER = "inviter";
    private static final String LANGUAGE = "locale";

    private final Invitations invitations;
    private final Organizations organizations;
    private final Accounts accounts;
    private final AccountMails mails;
    private final Links links;
    private final BackgroundWork work;

    public InvitationMails(Invitations invitations, Organizations organizations, Accounts accounts, AccountMails mails,
            Links links, BackgroundWork work) {
        this.invitations = invitations;
        this.organizations = organizations;
        this.accounts = accounts;
        this.mails = mails;
        this.links = links;
        this.work = work;
    }

    /**
     * Has one sent.
     *
     * @param inviter as the mail names them
     * @param language of people of whom nothing is known yet
     */
    void later(Invitation invitation, String inviter, Locale language) {
        work.leave(kind(), Map.of(INVITATION, invitation.id().toString(), INVITER, inviter, LANGUAGE,
                language.toLanguageTag()));
    }

    @Override
    public String kind() {
        return "invitation-mail";
    }

    /** What has been answered, taken back or sent again meanwhile is not told of any more. */
    @Override
    public void perform(Map<String, String> details) {
        invitations.open(UUID.fromString(Objects.requireNonNull(details.get(INVITATION))))
                .ifPresent(invitation -> send(invitation, Objects.requireNonNull(details.get(INVITER)),
                        Locale.forLanguageTag(Objects.requireNonNull(details.get(LANGUAGE)))));
    }

    private void send(Invitation invitation, String inviter, Locale otherwise) {
        Locale language = accounts.find(invitation.email()).filter(found -> found.kind() == Account.Kind.PERSON)
                .map(mails::language).orElse(otherwise);
        String token = invitations.token(invitation);
        try {
            mails.send(AccountMail.INVITATION, invitation.email(), language,
                    Map.of("inviter", inviter, "organization", organizations.get(invitation.tenant()).name(), "until",
                            DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(language)
                                    .withZone(ZoneOffset.UTC).format(invitation.expiresAt()),
                            "link", links.to(PATH, Map.of("token", token))));
        } catch (RuntimeException e) {
            invitations.withdraw(token);
            throw e;
        }
    }
}
