package dev.objectos.auth.signin;

import dev.objectos.auth.session.Logins;
import java.util.Map;

/** What came of signing in; refusals are exceptions. */
public sealed interface SignInOutcome {

    /** A session has begun. */
    record Begun(Logins.Fresh fresh) implements SignInOutcome {}

    /** Something more is asked for first; the members say what. */
    record Unfinished(Map<String, Object> members) implements SignInOutcome {}
}
