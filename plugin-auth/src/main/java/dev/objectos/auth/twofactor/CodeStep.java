package dev.objectos.auth.twofactor;

import dev.objectos.auth.account.Account;
import dev.objectos.auth.session.NewLogin;
import dev.objectos.auth.signin.SecondStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for a code, of an authenticator or on paper, where the account has a second factor and the device is not trusted. */
public final class CodeStep implements SecondStep {

    private final SecondFactors factors;
    private final TrustedDevices devices;
    private final Challenges challenges;
    private final Set<String> exempt;

    /** @param exempt ways of signing in that are two factors by themselves */
    public CodeStep(SecondFactors factors, TrustedDevices devices, Challenges challenges, Set<String> exempt) {
        this.factors = factors;
        this.devices = devices;
        this.challenges = challenges;
        this.exempt = Set.copyOf(exempt);
    }

    @Override
    public boolean needed(Account account, String method) {
        return !exempt.contains(method) && factors.has(account.id());
    }

    @Override
    public Optional<Map<String, Object>> ask(Account account, NewLogin wanted, @Nullable String device) {
        if (!needed(account, wanted.method()) || devices.trusts(account, device)) {
            return Optional.empty();
        }
        return Optional.of(Map.of("twoFactorRedirect", true, "twoFactorMethods", List.of("totp", "backup"), TOKEN,
                challenges.begin(wanted)));
    }
}
