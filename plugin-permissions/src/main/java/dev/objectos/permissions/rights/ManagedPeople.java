package dev.objectos.permissions.rights;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Knows who stands below whom by the users' managers; a change is seen within {@value #SECONDS} seconds. */
public final class ManagedPeople implements People {

    static final int SECONDS = 3;

    /** The field of a user that names who stands above. */
    private static final String MANAGER = "manager";

    private final Records records;
    private final Catalogs catalogs;
    private final Cache<Person, List<UUID>> below = Caffeine.newBuilder().maximumSize(50_000)
            .expireAfterWrite(Duration.ofSeconds(SECONDS)).build();

    public ManagedPeople(Records records, Catalogs catalogs) {
        this.records = records;
        this.catalogs = catalogs;
    }

    private record Person(UUID tenant, UUID user) {}

    @Override
    public List<UUID> below(Session session) {
        UUID user = session.userId();
        return user == null
                ? List.of()
                : Objects.requireNonNull(below.get(new Person(session.tenant(), user), _ -> load(session, user)));
    }

    private List<UUID> load(Session session, UUID user) {
        if (!managed(catalogs.current())) {
            return List.of();
        }
        Session platform = Session.system(session.tenant(), session.origin());
        Set<UUID> found = new LinkedHashSet<>();
        Collection<UUID> level = List.of(user);
        while (!level.isEmpty()) {
            var next = new ArrayList<>(MatchingIds.find(query -> records.query(query, platform), Catalog.USER, MANAGER,
                    level));
            next.remove(user);
            next.removeIf(id -> !found.add(id));
            level = next;
        }
        return List.copyOf(found);
    }

    /** An application's own kind of user may know no managers. */
    private static boolean managed(Catalog catalog) {
        return catalog.object(Catalog.USER).flatMap(users -> users.field(MANAGER))
                .filter(field -> field.type() instanceof FieldType.Reference).isPresent();
    }
}
