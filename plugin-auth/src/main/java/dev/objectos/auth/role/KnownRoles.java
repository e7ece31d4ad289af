package dev.objectos.auth.role;

import dev.objectos.auth.account.Rank;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.RoleDirectory;
import dev.objectos.runtime.spi.RoleNames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The names that mean something as a role: those of the platform, those that permissions define or mention, and those that other
 * metadata gives work to. A role that nobody knows is a slip of the pen: it would give nothing, and nobody would notice.
 */
public final class KnownRoles implements RoleDirectory {

    private static final Set<String> ALWAYS = Set.of(Rank.OWNER_ROLE, Rank.ADMINISTRATOR_ROLE, Rank.MEMBER_ROLE);

    /** What everybody holds; and what clients of better-auth call a member. Understood, but nobody needs to be told of them. */
    private static final Set<String> UNDERSTOOD = Set.of("everyone", "user");

    private final Catalogs catalogs;
    private final Supplier<List<RoleNames>> sources;

    /** @param sources asked once for each catalog; none: nobody gives roles a meaning, and every name will do */
    public KnownRoles(Catalogs catalogs, Supplier<List<RoleNames>> sources) {
        this.catalogs = catalogs;
        this.sources = sources;
    }

    /** The names of one catalog. */
    private record Names(boolean judged, Set<String> all) {}

    private Names names() {
        return catalogs.current().derive(Names.class, this::names);
    }

    private Names names(Catalog catalog) {
        List<RoleNames> asked = sources.get();
        var all = new TreeSet<>(ALWAYS);
        asked.forEach(source -> all.addAll(source.in(catalog)));
        all.addAll(MentionedRoles.in(catalog));
        all.removeAll(UNDERSTOOD);
        all.remove("");
        return new Names(!asked.isEmpty(), Set.copyOf(all));
    }

    /** Every name that people may be given, as of now. */
    public Set<String> all() {
        return names().all();
    }

    @Override
    public boolean knows(String role) {
        Names names = names();
        return !names.judged() || names.all().contains(role) || UNDERSTOOD.contains(role);
    }

    /** Those that mean nothing. */
    public Set<String> unknown(Set<String> roles) {
        return roles.stream().filter(role -> !knows(role)).collect(Collectors.toUnmodifiableSet());
    }

    /** Roles that somebody gives to a person. @throws PlatformException {@code VALIDATION_FAILED} naming those that are known */
    public Set<String> require(Set<String> roles) {
        return require(roles, Set.of());
    }

    /**
     * The same for somebody who has some already, which may stay.
     *
     * @param held though they may mean nothing any more
     */
    public Set<String> require(Set<String> roles, Set<String> held) {
        Set<String> unknown = unknown(roles).stream().filter(role -> !held.contains(role))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            String known = all().stream().sorted().collect(Collectors.joining(", "));
            throw PlatformException.validation(List.of(new FieldError("role", "unknown",
                    "There is no role " + String.join(", ", unknown) + "; choose among " + known
                            + ", or name it in the metadata first")));
        }
        return roles;
    }
}
