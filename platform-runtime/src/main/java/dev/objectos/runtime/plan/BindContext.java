package dev.objectos.runtime.plan;

import dev.objectos.runtime.session.Session;
import java.time.Instant;

/** Everything that the parameters of one request come from. */
public record BindContext(QueryValues values, Session session, Instant now) {}
