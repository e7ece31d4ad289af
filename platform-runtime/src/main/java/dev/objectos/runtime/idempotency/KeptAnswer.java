package dev.objectos.runtime.idempotency;

import org.jspecify.annotations.Nullable;

/** What a request was answered, as it is answered again. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record KeptAnswer(int status, @Nullable String contentType, @Nullable String location, @Nullable String etag,
        byte[] body) {}
