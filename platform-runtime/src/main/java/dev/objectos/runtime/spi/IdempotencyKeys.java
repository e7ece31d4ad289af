package dev.objectos.runtime.spi;

import dev.objectos.runtime.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Requests that may be repeated under a key of their user: one effect and one answer for a day, whichever node they reach. A
 * surface claims the key of a request, makes the request within the attempt, and keeps the answer before it sends it.
 */
public interface IdempotencyKeys {

    /**
     * Begins a request of the session's user, or says why not.
     *
     * @param fingerprint the same for the same request alone
     */
    Claim claim(Session session, String key, byte[] fingerprint);

    /** What is known of a request when it comes in under its key. */
    sealed interface Claim {

        /** It is to be done now. */
        record Begun(Attempt attempt) implements Claim {}

        /** It has been done and was answered so. */
        record Answered(Answer answer) implements Claim {}

        /** Somebody else is at it. */
        record Running() implements Claim {}

        /** The key was given with another request. */
        record Reused() implements Claim {}
    }

    /** One try at a request: records that earlier ones have written are not written again. Ends with one of its answers. */
    interface Attempt {

        /** Does the request. */
        <T extends @Nullable Object, X extends Throwable> T run(ScopedValue.CallableOp<T, X> work) throws X;

        /** Ends it: the request is answered so from now on. */
        void keep(Answer answer);

        /** Ends it without an answer: the request may be made again at once. */
        void release();
    }

    /** What a request was answered, as it is answered again. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Answer(int status, @Nullable String contentType, @Nullable String location, @Nullable String etag,
            byte[] body) {}
}
