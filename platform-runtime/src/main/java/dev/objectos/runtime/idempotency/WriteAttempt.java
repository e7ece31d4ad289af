package dev.objectos.runtime.idempotency;

import dev.objectos.runtime.session.Session;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One try at a request under a key. The write path numbers the writes of the request, leaves an effect of each in the
 * transaction that does it, and does none again whose effect an earlier attempt has left.
 */
public final class WriteAttempt {

    private static final ScopedValue<WriteAttempt> CURRENT = ScopedValue.newInstance();

    private final UUID id;
    private final UUID tenant;
    private final UUID user;
    private final String key;
    private final Map<String, String> earlier;
    private final AtomicInteger writes = new AtomicInteger();
    private final boolean aside;

    /** @param earlier what earlier attempts have done, as JSON by step */
    WriteAttempt(UUID id, UUID tenant, UUID user, String key, Map<String, String> earlier) {
        this(id, tenant, user, key, earlier, false);
    }

    private WriteAttempt(UUID id, UUID tenant, UUID user, String key, Map<String, String> earlier, boolean aside) {
        this.id = id;
        this.tenant = tenant;
        this.user = user;
        this.key = key;
        this.earlier = Map.copyOf(earlier);
        this.aside = aside;
    }

    /** The same attempt, which goes on after earlier ones. */
    WriteAttempt after(Map<String, String> effects) {
        return new WriteAttempt(id, tenant, user, key, effects);
    }

    /** The attempt that the session's next write belongs to; null: the write is not repeated under a key. */
    public static @Nullable WriteAttempt current(Session session) {
        WriteAttempt attempt = CURRENT.isBound() ? CURRENT.get() : null;
        return attempt == null || attempt.aside || !attempt.tenant.equals(session.tenant()) ? null : attempt;
    }

    /** Does something as part of the attempt. */
    public <T extends @Nullable Object, X extends Throwable> T run(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /** Does something as part of one of the attempt's writes: what that writes elsewhere is none of the request's own. */
    public <T extends @Nullable Object, X extends Throwable> T aside(ScopedValue.CallableOp<T, X> work) throws X {
        return new WriteAttempt(id, tenant, user, key, earlier, true).run(work);
    }

    /** The number of the next write, the same in every attempt. */
    public int nextWrite() {
        return writes.getAndIncrement();
    }

    /** What an earlier attempt has done in a step, as JSON; null: nothing. */
    public @Nullable String effect(String step) {
        return earlier.get(step);
    }

    /** Whether an earlier attempt has done a step whose name begins so. */
    public boolean hasEffectBeginning(String prefix) {
        return earlier.keySet().stream().anyMatch(step -> step.startsWith(prefix));
    }

    public UUID id() {
        return id;
    }

    public UUID tenant() {
        return tenant;
    }

    public UUID user() {
        return user;
    }

    public String key() {
        return key;
    }
}
