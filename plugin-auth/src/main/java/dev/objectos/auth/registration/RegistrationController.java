package dev.objectos.auth.registration;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.mail.Languages;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.recovery.EmailAddress;
import dev.objectos.auth.recovery.MailLimits;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.tenant.Tenant;
import dev.objectos.auth.tenant.TenantSettings;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Accounts that people make for themselves; the path and the answers are those of better-auth. */
@RestController
@RequestMapping("/api/auth")
public final class RegistrationController {

    private static final int LONGEST_NAME = 255;

    /** Without {@code @}, so that no user name is somebody else's address. */
    private static final Pattern USERNAME = Pattern.compile("[\\p{L}\\p{N}._-]{3,64}");

    private final RegistrationRules rules;
    private final Registration registration;
    private final RegistrationProperties properties;
    private final Accounts accounts;
    private final PasswordRules passwordRules;
    private final Passwords passwords;
    private final MailLimits limits;
    private final PublicAddress address;
    private final SignIn signIn;
    private final SignInAnswers answers;

    public RegistrationController(RegistrationRules rules, Registration registration, RegistrationProperties properties,
            Accounts accounts, PasswordRules passwordRules, Passwords passwords, MailLimits limits,
            PublicAddress address, SignIn signIn, SignInAnswers answers) {
        this.rules = rules;
        this.registration = registration;
        this.properties = properties;
        this.accounts = accounts;
        this.passwordRules = passwordRules;
        this.passwords = passwords;
        this.limits = limits;
        this.address = address;
        this.signIn = signIn;
        this.answers = answers;
    }

    /** @param organization short name of the tenant to register in; null: the one that exists from the first start */
    record Wanted(@Nullable String name, @Nullable String email, @Nullable String password, @Nullable String username,
            @Nullable String callbackURL, @Nullable String organization) {}

    @PostMapping(path = "/sign-up/email", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> register(@RequestBody Wanted wanted, HttpServletRequest request) {
        var required = new Required();
        String name = required.text(wanted.name(), "name").strip();
        String email = required.text(wanted.email(), "email").strip();
        String password = required.text(wanted.password(), "password");
        required.check();
        Tenant tenant = rules.require(wanted.organization(), email);
        String username = wanted.username() == null || wanted.username().isBlank() ? null : wanted.username().strip();
        check(tenant, name, email, username, password);
        String callback = address.targetOrNone(wanted.callbackURL(), "callbackURL", request);
        Client client = Client.of(request);
        limits.count(email, client);
        var pending = new PendingRegistration(UUID.randomUUID(), tenant.id(), email, name, username,
                passwords.encode(password), language(request), callback);
        if (properties.verifyEmail() || RegistrationRules.mode(tenant) == TenantSettings.Registration.DOMAINS) {
            registration.await(pending, client);
            return ResponseEntity.ok(awaited(pending));
        }
        return answers.of(
                signIn.admit(registration.create(pending, client), SignIn.PASSWORD, tenant.id(), client, null),
                request);
    }

    private void check(Tenant tenant, String name, String email, @Nullable String username, String password) {
        var wrong = new ArrayList<>(EmailAddress.violations(email, "email"));
        if (name.length() > LONGEST_NAME || name.codePoints().anyMatch(RegistrationController::unfit)) {
            wrong.add(new FieldError("name", "invalid",
                    "A name has at most " + LONGEST_NAME + " characters, and no control characters"));
        }
        if (username != null && !USERNAME.matcher(username).matches()) {
            wrong.add(new FieldError("username", "invalid",
                    "A user name has 3 to 64 letters, digits, dots, dashes or underscores"));
        } else if (username != null && accounts.find(username).isPresent()) {
            wrong.add(new FieldError("username", "taken", "Somebody else has this user name"));
        }
        wrong.addAll(passwordRules.violations(passwordRules.in(tenant.id()), password, "password", email, name));
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
    }

    private static boolean unfit(int point) {
        return Character.isISOControl(point) || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    private static Locale language(HttpServletRequest request) {
        return Languages.wished(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE)).orElse(Locale.ENGLISH);
    }

    /** No session, and nobody in particular, until the address is confirmed. */
    private static Map<String, @Nullable Object> awaited(PendingRegistration pending) {
        var user = new LinkedHashMap<String, @Nullable Object>();
        user.put("email", pending.email());
        user.put("username", pending.username());
        user.put("name", pending.name());
        user.put("emailVerified", false);
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("token", null);
        answer.put("user", user);
        return answer;
    }
}
