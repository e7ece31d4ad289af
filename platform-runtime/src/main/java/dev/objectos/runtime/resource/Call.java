package dev.objectos.runtime.resource;

import java.time.Duration;

/**
 * How a plugin's code is called.
 *
 * @param what names it in messages, such as {@code The hook acme.limit}
 * @param limit after which its thread is interrupted; the plugin's own limit where that is shorter
 * @param patience how long to wait for a free thread
 * @param deserted whether the caller goes on at the limit; otherwise it waits until the code has ended, and only then goes on
 */
public record Call(CallKind kind, String what, Duration limit, Duration patience, boolean deserted) {}
