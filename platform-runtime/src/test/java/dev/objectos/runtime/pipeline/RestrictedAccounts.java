package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static dev.objectos.runtime.query.TestingQuery.compare;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SessionValue;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Accounts that their owners alone may make, change and delete, apart from some that nobody sees; and an object without rules. */
final class RestrictedAccounts implements AutoCloseable {

    static final Session SYSTEM = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
    private static final RowFilter MINE = new RowFilter.Where(
            compare("owner", Operator.EQ, (SessionValue) Session::userId));

    static final String[] OBJECTS = {"""
            name: accounts
            label: Account
            fields:
              name: {type: text, max_length: 20}
              code: {type: text, external_id: true, unique: true}
              tier: {type: text}
              owner: {type: lookup, reference_to: user}
              number: {type: autonumber, format: "A-{0000}"}
              parent: {type: lookup, reference_to: accounts}
            """, """
            name: plain
            fields: {text: {type: text}}
            """};

    private final TestingWrites writes;
    private final UUID ada;
    private final UUID bob;

    RestrictedAccounts(String database) {
        writes = TestingWrites.of(database, OBJECTS)
                .with(new HidingRewriter().sparingTheSystem().rows("accounts",
                        new RowFilter.Not(new RowFilter.Where(compare("name", Operator.EQ, "Hidden")))))
                .with(new LimitingRights().rows("accounts", ChangeAction.CREATE, MINE)
                        .rows("accounts", ChangeAction.UPDATE, MINE).rows("accounts", ChangeAction.DELETE, MINE)
                        .lock("accounts", ChangeAction.UPDATE, "code", "tier")
                        .lock("accounts", ChangeAction.CREATE, "tier"));
        ada = Objects.requireNonNull(writes.session().userId());
        bob = writes.create("user", values("name", "Bob", "email", "bob@example.com"), SYSTEM).id();
    }

    TestingWrites writes() {
        return writes;
    }

    UUID ada() {
        return ada;
    }

    UUID bob() {
        return bob;
    }

    /** The id of a new one; nobody sees what is named {@code Hidden}. */
    UUID account(String name, UUID owner) {
        return writes.create("accounts", values("name", name, "owner", owner.toString()), SYSTEM).id();
    }

    /** Somebody; with the role {@code admin} without limits to changes. */
    static Session session(UUID user, String... roles) {
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(user, "x@example.com", "X", null),
                Set.copyOf(Arrays.asList(roles)), false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    @Override
    public void close() {
        writes.close();
    }
}
