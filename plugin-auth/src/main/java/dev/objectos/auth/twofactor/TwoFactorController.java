package dev.objectos.auth.twofactor;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.mail.AccountMail;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.PasswordConfirmation;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SecondStep;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Second factors; paths and answers are those of better-auth. */
@RestController
@RequestMapping(path = "/api/auth/two-factor", consumes = MediaType.APPLICATION_JSON_VALUE)
public final class TwoFactorController {

    private final SecondFactors factors;
    private final Challenges challenges;
    private final SecondStepFinish finish;
    private final PasswordConfirmation passwords;
    private final Logins logins;
    private final AccountMails mails;
    private final SecurityEvents events;
    private final Accounts accounts;
    private final SignInAnswers answers;

    public TwoFactorController(SecondFactors factors, Challenges challenges, SecondStepFinish finish,
            PasswordConfirmation passwords, Logins logins, AccountMails mails, SecurityEvents events,
            Accounts accounts, SignInAnswers answers) {
        this.factors = factors;
        this.challenges = challenges;
        this.finish = finish;
        this.passwords = passwords;
        this.logins = logins;
        this.mails = mails;
        this.events = events;
        this.accounts = accounts;
        this.answers = answers;
    }

    /** What a client sends to show that its owner asks. */
    record Confirmed(@Nullable String password) {}

    private SignedIn confirmed(Confirmed wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        var required = new Required();
        String password = required.text(wanted.password(), "password");
        required.check();
        passwords.require(self, password, "second-factor.change-refused", Client.of(request));
        return self;
    }

    @PostMapping("/enable")
    Map<String, Object> enable(@RequestBody Confirmed wanted, HttpServletRequest request) {
        SignedIn self = confirmed(wanted, request);
        SecondFactors.Enrolment enrolment = factors.begin(self.account());
        var answer = new LinkedHashMap<String, Object>();
        answer.put("totpURI", enrolment.uri());
        answer.put("qr", QrPicture.data(enrolment.uri()));
        answer.put("backupCodes", enrolment.backupCodes());
        return answer;
    }

    @PostMapping("/disable")
    Map<String, Object> disable(@RequestBody Confirmed wanted, HttpServletRequest request) {
        SignedIn self = confirmed(wanted, request);
        boolean had = factors.has(self.account().id());
        factors.remove(self.account().id());
        logins.forget(self.account().id());
        if (had) {
            events.emit("second-factor.disabled", self, Client.of(request), Map.of());
            mails.later(AccountMail.SECOND_FACTOR_DISABLED, self.account(), Map.of());
        }
        return Map.of("status", true);
    }

    @PostMapping("/generate-backup-codes")
    Map<String, Object> generate(@RequestBody Confirmed wanted, HttpServletRequest request) {
        SignedIn self = confirmed(wanted, request);
        List<String> codes = factors.newBackupCodes(self.account().id());
        events.emit("second-factor.codes-made", self, Client.of(request), Map.of());
        return Map.of("status", true, "backupCodes", codes);
    }

    /**
     * What a client sends as a second step, or to confirm an authenticator.
     *
     * @param twoFactorToken as the first step has given it; null: the cookie carries it
     * @param trustDevice whether not to ask on this device for a while
     */
    record Code(@Nullable String code, @Nullable String twoFactorToken, @Nullable Boolean trustDevice) {}

    @PostMapping("/verify-totp")
    ResponseEntity<Map<String, Object>> totp(@RequestBody Code given, HttpServletRequest request,
            @RequestAttribute(name = SignedIn.ATTRIBUTE, required = false) @Nullable SignedIn self) {
        String code = code(given);
        Optional<Challenges.Challenge> challenge = challenge(given, request);
        if (challenge.isPresent() || self == null) {
            return finish.with(challenge, account -> factors.useTotp(account, code), trusts(given), request);
        }
        SignedIn owner = SignedIn.inPerson(request);
        UUID account = owner.account().id();
        boolean had = factors.has(account);
        use(owner, code, request);
        if (!had) {
            logins.forget(account);
            events.emit("second-factor.enabled", owner, Client.of(request), Map.of());
            mails.later(AccountMail.SECOND_FACTOR_ENABLED, owner.account(), Map.of());
        }
        return ResponseEntity.ok(answers.goingOn(owner, accounts.current(account), request));
    }

    private void use(SignedIn owner, String code, HttpServletRequest request) {
        try {
            factors.useTotp(owner.account().id(), code);
        } catch (PlatformException e) {
            if (e.code() == AuthError.INVALID_TWO_FACTOR_CODE) {
                events.emit("second-factor.failed", owner, Client.of(request), Map.of());
            }
            throw e;
        }
    }

    @PostMapping("/verify-backup-code")
    ResponseEntity<Map<String, Object>> backupCode(@RequestBody Code given, HttpServletRequest request) {
        String code = code(given);
        return finish.with(challenge(given, request), account -> factors.useBackupCode(account, code), trusts(given),
                request);
    }

    private static String code(Code given) {
        var required = new Required();
        String code = required.text(given.code(), "code");
        required.check();
        return code;
    }

    private static boolean trusts(Code given) {
        return Boolean.TRUE.equals(given.trustDevice());
    }

    private Optional<Challenges.Challenge> challenge(Code given, HttpServletRequest request) {
        String token = given.twoFactorToken() == null
                ? SessionCookie.value(request, SecondStep.COOKIE)
                : given.twoFactorToken();
        return token == null ? Optional.empty() : challenges.find(token);
    }
}
