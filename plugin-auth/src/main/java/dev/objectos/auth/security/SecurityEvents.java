package dev.objectos.auth.security;

import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.SecurityEvent;
import dev.objectos.runtime.spi.SecurityListener;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of security events: every {@link SecurityListener} at once, the event bus soon. */
public final class SecurityEvents {

    private final Supplier<List<SecurityListener>> listeners;
    private final EventBus bus;
    private final Clock clock;

    public SecurityEvents(Supplier<List<SecurityListener>> listeners, EventBus bus, Clock clock) {
        this.listeners = listeners;
        this.bus = bus;
        this.clock = clock;
    }

    /** What happened to an account that nobody is signed in to, or while signing in. */
    public void emit(String action, @Nullable UUID account, @Nullable UUID tenant, Client client,
            Map<String, String> details) {
        tell(new SecurityEvent(action, clock.instant(), account, tenant, null, null, client.ipAddress(),
                client.userAgent(), details));
    }

    /**
     * What somebody who is signed in has done.
     *
     * @param details names the account that it was done to, where it is another one, as {@code account}
     */
    public void emit(String action, SignedIn by, Client client, Map<String, String> details) {
        UserIdentity impersonator = by.session().impersonator();
        tell(new SecurityEvent(action, clock.instant(), by.account().id(), by.session().tenant(), by.session().userId(),
                impersonator == null ? null : impersonator.id(), client.ipAddress(), client.userAgent(), details));
    }

    private void tell(SecurityEvent event) {
        listeners.get().forEach(listener -> listener.happened(event));
        bus.publish(event);
    }
}
