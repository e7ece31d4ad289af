package dev.objectos.auth.twofactor;

import dev.objectos.auth.session.NewLogin;
import dev.objectos.auth.signin.SecondStep;
import dev.objectos.auth.throttle.Limit;
import dev.objectos.auth.throttle.Throttle;
import dev.objectos.auth.token.OneTimeTokens;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Sign-ins whose second step is awaited. Each allows a few attempts, and one success. */
public final class Challenges {

    private static final String PURPOSE = "second-step";
    private static final String BETWEEN = "\n";

    private final OneTimeTokens tokens;
    private final Throttle throttle;
    private final Limit limit;

    /** @param limit of attempts within one sign-in */
    public Challenges(OneTimeTokens tokens, Throttle throttle, Limit limit) {
        this.tokens = tokens;
        this.throttle = throttle;
        this.limit = limit;
    }

    /**
     * A sign-in that is not finished.
     *
     * @param method of its first step
     */
    record Challenge(String token, UUID account, UUID tenant, String method) {}

    /** @return the token that the client brings back */
    String begin(NewLogin wanted) {
        return tokens.issue(PURPOSE, wanted.account().id(), wanted.tenant() + BETWEEN + wanted.method(),
                SecondStep.LIFETIME);
    }

    Optional<Challenge> find(String token) {
        return tokens.peek(PURPOSE, token).map(found -> {
            String[] parts = found.payload().split(BETWEEN, 2);
            return new Challenge(token, Objects.requireNonNull(found.account()), UUID.fromString(parts[0]), parts[1]);
        });
    }

    /** Counts an attempt before it is made; with the last one that is allowed the challenge ends unless it succeeds. */
    boolean last(Challenge challenge) {
        return throttle.attempt(PURPOSE, challenge.token(), limit, "Too many codes were tried") >= limit.attempts();
    }

    /** Ends it. @return whether it was still awaited: of several who succeed at once, one does */
    boolean end(Challenge challenge) {
        throttle.clear(PURPOSE, challenge.token());
        return tokens.take(PURPOSE, challenge.token()).isPresent();
    }
}
