package dev.objectos.auth.basic;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.auth.AuthError;
import dev.objectos.auth.account.Account;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.DutyRoster;
import dev.objectos.auth.session.NewLogin;
import dev.objectos.auth.session.RequestCredentials;
import dev.objectos.auth.session.RequestTenant;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Who programs are that send a name and a password with each request. These end in {@link SignIn} as those of the form do; what came of
 * it is remembered as for any credential, so that a program which calls all the time costs a comparison in a few seconds. What a
 * browser sends is not taken, for it would send the same for pages of others.
 */
public final class BasicCredentials implements RequestCredentials {

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Duration TOLD_EACH = Duration.ofHours(1);
    private static final int MOST_TOLD = 10_000;

    private final SignIn signIn;
    private final SessionFactory sessions;
    private final DutyRoster duties;
    private final RequestTenant tenants;
    private final CredentialCache known;
    private final SecurityEvents events;
    private final SecretKeySpec key;
    private final SharedWork<ByteBuffer, SignedIn> signIns = new SharedWork<>();
    private final Cache<Use, Boolean> told = Caffeine.newBuilder().maximumSize(MOST_TOLD).expireAfterWrite(TOLD_EACH)
            .build();

    public BasicCredentials(SignIn signIn, SessionFactory sessions, DutyRoster duties, RequestTenant tenants,
            CredentialCache known, SecurityEvents events) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.duties = duties;
        this.tenants = tenants;
        this.known = known;
        this.events = events;
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        this.key = new SecretKeySpec(secret, MAC);
    }

    /** Where an account is used so. */
    private record Use(UUID account, UUID tenant, @Nullable String ipAddress) {}

    @Override
    public Optional<Lookup> in(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !NameAndPassword.isIn(header) || ofPage(request)) {
            return Optional.empty();
        }
        NameAndPassword shown = NameAndPassword.read(header);
        UUID tenant = tenants.ofHost(request).orElse(null);
        Client client = Client.of(request);
        byte[] digest = digest(shown, tenant, client);
        return Optional.of(() -> known.find(digest, () -> Optional
                .of(signIns.get(ByteBuffer.wrap(digest), () -> signIn(shown, tenant, client)))));
    }

    /** Every browser says of what a page fetches where that page is from, as far as it may be misused. */
    private static boolean ofPage(HttpServletRequest request) {
        return request.getHeader(HttpHeaders.ORIGIN) != null || request.getHeader("Sec-Fetch-Site") != null;
    }

    private SignedIn signIn(NameAndPassword shown, @Nullable UUID tenant, Client client) {
        NewLogin permitted = permitted(shown, tenant, client);
        Account account = permitted.account();
        SignedIn signedIn = sessions.session(account, permitted.tenant(), null, null)
                .filter(session -> session.may(SystemPermission.API_ACCESS))
                .map(session -> duties.of(new SignedIn(session, account, null, null)))
                .orElseThrow(() -> new PlatformException(AuthError.BASIC_REFUSED,
                        "This account may not be used by programs; ask an administrator"));
        if (told.asMap().putIfAbsent(new Use(account.id(), permitted.tenant(), client.ipAddress()), true) == null) {
            events.emit("sign-in.succeeded", signedIn, client, Map.of("method", SignIn.PASSWORD, "by", "basic"));
        }
        return signedIn;
    }

    /** What the form would refuse for good is no matter of rights to a program: it has to bring something else. */
    private NewLogin permitted(NameAndPassword shown, @Nullable UUID tenant, Client client) {
        try {
            return signIn.withPasswordAlone(shown.name(), shown.password(), tenant, client);
        } catch (PlatformException e) {
            throw e.code() == RuntimeError.PERMISSION_DENIED
                    ? new PlatformException(AuthError.BASIC_REFUSED, String.valueOf(e.getMessage()), e)
                    : e;
        }
    }

    /** Tells nothing to whoever reads the memory of a server that has stopped: the key is gone with it. */
    private byte[] digest(NameAndPassword shown, @Nullable UUID tenant, Client client) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update((tenant + " " + client.ipAddress() + " " + shown.name() + ":").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(shown.password().getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }
}
