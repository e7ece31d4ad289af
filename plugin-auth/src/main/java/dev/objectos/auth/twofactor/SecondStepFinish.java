package dev.objectos.auth.twofactor;

import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.signin.SecondStep;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInController;
import dev.objectos.runtime.PlatformException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/** Finishes sign-ins with their second step. */
public final class SecondStepFinish {

    private final Accounts accounts;
    private final Challenges challenges;
    private final TrustedDevices devices;
    private final SignIn signIn;
    private final SignInAnswers answers;
    private final SecurityEvents events;

    public SecondStepFinish(Accounts accounts, Challenges challenges, TrustedDevices devices, SignIn signIn,
            SignInAnswers answers, SecurityEvents events) {
        this.accounts = accounts;
        this.challenges = challenges;
        this.devices = devices;
        this.signIn = signIn;
        this.answers = answers;
        this.events = events;
    }

    /**
     * Begins the session that was asked for.
     *
     * @param code uses the code up, or refuses it
     * @param trust whether not to ask on this device for a while
     * @throws PlatformException {@code INVALID_TOKEN} where no second step is awaited, or no longer
     */
    ResponseEntity<Map<String, Object>> with(Optional<Challenges.Challenge> awaited, Consumer<UUID> code,
            boolean trust, HttpServletRequest request) {
        Challenges.Challenge challenge = awaited.orElseThrow(SecondStepFinish::over);
        Client client = Client.of(request);
        boolean last = challenges.last(challenge);
        try {
            code.accept(challenge.account());
        } catch (PlatformException e) {
            events.emit("second-factor.failed", challenge.account(), challenge.tenant(), client, Map.of());
            if (last) {
                challenges.end(challenge);
            }
            throw e;
        }
        if (!challenges.end(challenge)) {
            throw over();
        }
        Account account = accounts.current(challenge.account());
        ResponseEntity<Map<String, Object>> begun = answers
                .begun(signIn.finish(account, challenge.method(), challenge.tenant(), client), request);
        var answer = ResponseEntity.status(begun.getStatusCode()).headers(begun.getHeaders())
                .header(HttpHeaders.SET_COOKIE, SessionCookie.cookie(SecondStep.COOKIE, "", Duration.ZERO, request));
        if (trust) {
            answer.header(HttpHeaders.SET_COOKIE, SessionCookie.cookie(SignInController.DEVICE_COOKIE,
                    devices.trust(account.id()), devices.lifetime(), request));
            events.emit("second-factor.device-trusted", account.id(), challenge.tenant(), client, Map.of());
        }
        return answer.body(begun.getBody());
    }

    private static PlatformException over() {
        return new PlatformException(AuthError.INVALID_TOKEN, "No second step is awaited any more; sign in again");
    }
}
