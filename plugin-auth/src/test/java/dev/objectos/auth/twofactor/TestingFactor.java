package dev.objectos.auth.twofactor;

import dev.objectos.auth.TestingServer;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.session.Logins;
import java.time.Duration;
import java.util.UUID;

/** The authenticator of somebody whose account has a second factor. */
public record TestingFactor(TestingServer server, String secret) {

    /** Sets one up for an account, which need have no password. */
    public static TestingFactor of(TestingServer server, UUID account) {
        SecondFactors factors = server.bean(SecondFactors.class);
        String uri = factors.begin(server.bean(Accounts.class).current(account)).uri();
        var factor = new TestingFactor(server, uri.replaceAll(".*[?&]secret=([A-Z2-7]+).*", "$1"));
        factors.useTotp(account, factor.code());
        server.bean(Logins.class).forget(account);
        server.clock().advance(Duration.ofSeconds(30));
        return factor;
    }

    /** What it shows now. */
    public String code() {
        return Totp.code(Base32.decode(secret), server.clock().instant().getEpochSecond() / 30);
    }
}
