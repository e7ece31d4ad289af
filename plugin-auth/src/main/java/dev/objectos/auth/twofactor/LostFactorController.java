package dev.objectos.auth.twofactor;

import dev.objectos.auth.account.Rank;
import dev.objectos.auth.administration.Administrator;
import dev.objectos.auth.administration.Member;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What administrators do for somebody who has lost their authenticator and their backup codes. */
@RestController
public final class LostFactorController {

    private final Members members;
    private final SecondFactors factors;
    private final Logins logins;
    private final AccountMails mails;
    private final SecurityEvents events;

    public LostFactorController(Members members, SecondFactors factors, Logins logins, AccountMails mails,
            SecurityEvents events) {
        this.members = members;
        this.factors = factors;
        this.logins = logins;
        this.mails = mails;
        this.events = events;
    }

    /** Whose. */
    record Subject(@Nullable String userId) {}

    /**
     * Takes the second factor away. It guards the account in all of its tenants, so that an administrator of one alone does that for
     * nobody who belongs to others.
     */
    @PostMapping(path = "/api/auth/admin/remove-second-factor", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> remove(@RequestBody Subject wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var required = new Required();
        String user = required.text(wanted.userId(), "userId");
        required.check();
        Member member = members.changeable(by, user);
        if (by.rank() != Rank.PLATFORM_ADMINISTRATOR && !members.alone(member)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "This person belongs to other organizations "
                    + "too; only a platform administrator may remove their second factor");
        }
        UUID account = member.account().id();
        if (!factors.has(account)) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "This person has no second factor");
        }
        factors.remove(account);
        logins.end(account, _ -> true);
        logins.forget(account);
        events.emit("second-factor.removed", by.by(), by.client(), member.details(Map.of()));
        mails.later(AccountMail.SECOND_FACTOR_REMOVED, member.account(), Map.of());
        return Map.of("status", true);
    }
}
