package dev.objectos.permissions.rights;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Rights on deals, as a file says it. */
record TestingRights(Catalog catalog, Rights rights) {

    private static final String DEALS = """
            name: deals
            fields:
              name:   {type: text}
              stage:  {type: select, options: [open, won, lost]}
              amount: {type: number}
            """;

    /** @param file about {@code deals}; it may have mistakes */
    static TestingRights of(String file) {
        Catalog catalog = TestingCatalogs.loadFiles(Map.of("deals.object.yml", DEALS, "deals.permission.yml", file));
        return new TestingRights(catalog, new Rights(catalog, _ -> List.of()));
    }

    static Session holding(String... roles) {
        return new Session(Session.DEFAULT_TENANT, new UserIdentity(UUID.randomUUID(), "me@example.com", "Me", null),
                Set.of(roles), false, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
    }

    HeldRights on(Session session) {
        return rights.on(catalog.object("deals").orElseThrow(), session);
    }
}
