package dev.objectos.auth.organization;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.mail.MailFailure;
import dev.objectos.runtime.mail.MailServer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Tells people that they are invited. */
public final class InvitationMails {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final MailServer server;

    public InvitationMails(MailServer server) {
        this.server = server;
    }

    /**
     * Sends one.
     *
     * @param address of this server
     * @throws PlatformException {@code UNAVAILABLE} where that fails
     */
    void send(Invitations.Fresh fresh, String organization, String inviter, String address) {
        Invitation invitation = fresh.invitation();
        String text = inviter + " invites you to work in " + organization + ".\n\nTo join, open\n\n" + address
                + "/accept-invitation?token=" + fresh.token() + "\n\nThe invitation holds until "
                + DAY.format(invitation.expiresAt())
                + ". If you do not know what this is about, ignore this mail: nothing happens then.\n";
        try {
            server.send(new Mail("invitation-" + invitation.id(), List.of(invitation.email()), List.of(), List.of(),
                    null, "Invitation to " + organization, text, null));
        } catch (MailFailure e) {
            throw new PlatformException(RuntimeError.UNAVAILABLE,
                    "The invitation could not be mailed, so nobody is invited; try again, or ask whoever runs the server",
                    e);
        }
    }
}
