package dev.objectos.permissions.preview;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.rights.Authorities;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemPart;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.CatalogPreview;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.UserSessions;
import dev.objectos.runtime.spi.UserSessions.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what the members of a tenant may do with what they could do after a change of permissions. */
public final class Previewer {

    /** Records are counted for so many people with the same roles; the others are like them, or nearly so. */
    public static final int MOST_COUNTED = 20;

    private static final List<Operation> ON_RECORDS = List.of(Operation.READ, Operation.UPDATE, Operation.DELETE);

    private final Catalogs catalogs;
    private final CatalogPreview previews;
    private final RightsByCatalog rights;
    private final ObjectRights access;
    private final RecordFilters filters;
    private final UserSessions users;

    public Previewer(Catalogs catalogs, CatalogPreview previews, RightsByCatalog rights, ObjectRights access,
            RecordFilters filters, UserSessions users) {
        this.catalogs = catalogs;
        this.previews = previews;
        this.rights = rights;
        this.access = access;
        this.filters = filters;
        this.users = users;
    }

    /** @param session of whoever asks: the tenant is theirs */
    public Preview preview(MetadataFile file, Session session) {
        Catalog now = catalogs.current();
        CatalogPreview.Previewed previewed = previews.with(List.of(file));
        Catalog then = previewed.catalog();
        List<Violation> violations = previewed.violations().stream()
                .filter(violation -> violation.where().file().endsWith(file.path())).toList();
        var gains = new ArrayList<Difference>();
        var losses = new ArrayList<Difference>();
        Map<Set<String>, List<Member>> alike = users.members(session.tenant()).stream()
                .filter(member -> !member.platformAdministrator())
                .collect(Collectors.groupingBy(Member::roles, LinkedHashMap::new, Collectors.toList()));
        for (ObjectDefinition object : concerned(file, now, then)) {
            alike.forEach((roles, members) -> {
                var sides = new Sides(object.name(), now, then, session, roles, members);
                add(sides.gained(), gains);
                add(sides.lost(), losses);
            });
        }
        var systemGains = new ArrayList<SystemDifference>();
        var systemLosses = new ArrayList<SystemDifference>();
        alike.forEach((roles, members) -> {
            Set<SystemPermission> before = system(now, session, roles);
            Set<SystemPermission> after = system(then, session, roles);
            add(roles, members, after, before, systemGains);
            add(roles, members, before, after, systemLosses);
        });
        return new Preview(gains, losses, systemGains, systemLosses, violations);
    }

    private static Set<SystemPermission> system(Catalog catalog, Session session, Set<String> roles) {
        return Authorities.of(catalog).of(session.tenant(), roles, false).permissions();
    }

    private static void add(Set<String> roles, List<Member> members, Set<SystemPermission> all,
            Set<SystemPermission> some, List<SystemDifference> to) {
        var left = EnumSet.noneOf(SystemPermission.class);
        left.addAll(all);
        left.removeAll(some);
        if (!left.isEmpty()) {
            to.add(new SystemDifference(roles, members, left));
        }
    }

    private static void add(Difference difference, List<Difference> to) {
        if (!difference.isEmpty()) {
            to.add(difference);
        }
    }

    /** The objects that the file speaks of; all, where it changes what roles bring along. */
    private static Collection<ObjectDefinition> concerned(MetadataFile file, Catalog now, Catalog then) {
        List<MetadataItem> changed = then.items(Permissions.TYPE).stream()
                .filter(item -> item.source().file().endsWith(file.path())).toList();
        if (changed.stream().anyMatch(item -> ItemPart.all(item).has("roles"))) {
            return now.objects();
        }
        Set<String> names = changed.stream().map(MetadataItem::object).filter(java.util.Objects::nonNull)
                .collect(Collectors.toSet());
        return now.objects().stream().filter(object -> names.contains(object.name())).toList();
    }

    /** Before and after, for people with the same roles. */
    private final class Sides {

        private final String object;
        private final Set<String> roles;
        private final List<Member> members;
        private final Session session;
        private final Side before;
        private final Side after;
        private final Map<Member, Map<Operation, Long>> more = new LinkedHashMap<>();
        private final Map<Member, Map<Operation, Long>> fewer = new LinkedHashMap<>();

        Sides(String object, Catalog now, Catalog then, Session session, Set<String> roles, List<Member> members) {
            this.object = object;
            this.roles = roles;
            this.members = members;
            this.session = session;
            this.before = side(now);
            this.after = side(then);
            members.stream().limit(MOST_COUNTED).forEach(this::count);
        }

        private Side side(Catalog catalog) {
            ObjectDefinition definition = catalog.object(object).orElse(null);
            Session acting = acting(members.getFirst());
            return definition == null
                    ? new Side(HeldRights.none(Set.of()),
                            new ObjectAccess(false, Set.of(), Set.of(), Set.of(), Set.of(),
                                    Set.of()),
                            Set.of())
                    : new Side(rights.of(catalog).on(definition, acting), access.of(definition, acting, catalog),
                            definition.fields().keySet());
        }

        private Session acting(Member member) {
            return new Session(session.tenant(), new UserIdentity(member.user(), "", member.name(), null), roles, false,
                    session.locale(), session.zone(), session.origin());
        }

        private void count(Member member) {
            Session acting = acting(member);
            for (Operation operation : ON_RECORDS) {
                RowFilter then = after.rights().rows(operation);
                RowFilter earlier = before.rights().rows(operation);
                if (!then.equals(earlier)) {
                    long difference = filters.count(object, then, acting) - filters.count(object, earlier, acting);
                    if (difference != 0) {
                        (difference > 0 ? more : fewer).computeIfAbsent(member, _ -> new EnumMap<>(Operation.class))
                                .put(operation, Math.abs(difference));
                    }
                }
            }
        }

        Difference gained() {
            return difference(before, after, more);
        }

        Difference lost() {
            return difference(after, before, fewer);
        }

        private Difference difference(Side less, Side plus, Map<Member, Map<Operation, Long>> records) {
            var operations = EnumSet.noneOf(Operation.class);
            operations.addAll(plus.rights().operations());
            operations.removeAll(less.rights().operations());
            return new Difference(object, roles, members, operations, without(plus.visible(), less.visible()),
                    without(plus.access().editable(), less.access().editable()), records);
        }
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var left = new TreeSet<>(all);
        left.removeAll(some);
        return left;
    }

    private record Side(HeldRights rights, ObjectAccess access, Set<String> fields) {

        Set<String> visible() {
            return access.readable() ? without(fields, access.hidden()) : Set.of();
        }
    }
}
