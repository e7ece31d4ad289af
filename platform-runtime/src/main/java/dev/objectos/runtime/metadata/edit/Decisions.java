package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which version of each item serves. */
final class Decisions {

    static final Comparator<ItemKey> ORDER = Comparator.comparing(ItemKey::type).thenComparing(ItemKey::name)
            .thenComparing(ItemKey::tenant, Comparator.nullsFirst(Comparator.naturalOrder()));

    static final Decisions NONE = new Decisions(Map.of(), Map.of());

    private final Map<ItemKey, Edit> latest = new TreeMap<>(ORDER);
    private final Map<ItemKey, Edit> earlier = new TreeMap<>(ORDER);

    private Decisions(Map<ItemKey, Edit> latest, Map<ItemKey, Edit> earlier) {
        this.latest.putAll(latest);
        this.earlier.putAll(earlier);
    }

    /** @param decided the last decisions about each item, newest first */
    static Decisions of(List<Version> decided) {
        var decisions = new Decisions(Map.of(), Map.of());
        for (Version version : decided) {
            Edit edit = new Edit(version.item(), version.state() == State.DELETED ? null : version.content(),
                    version.version(), Edit.Draft.NONE);
            if (decisions.latest.putIfAbsent(version.item(), edit) != null) {
                decisions.earlier.putIfAbsent(version.item(), edit);
            }
        }
        return decisions;
    }

    /** The same once some more was decided. */
    Decisions with(Collection<Edit> edits) {
        var next = new Decisions(latest, earlier);
        edits.forEach(edit -> next.latest.put(edit.item(), edit));
        return next;
    }

    /** The version of an item that serves; 0 where nothing edited does. */
    int version(ItemKey item) {
        Edit known = latest.get(item);
        return known == null || known.deletes() ? 0 : known.version();
    }

    /** The number of the last decision about an item, be it to delete it; 0 where there is none. */
    int decided(ItemKey item) {
        Edit known = latest.get(item);
        return known == null ? 0 : known.version();
    }

    /** Whether that is what serves already. */
    boolean holds(Edit edit) {
        Edit known = latest.get(edit.item());
        return known != null && edit.content() != null && edit.content().equals(known.content());
    }

    /** The items of which something edited serves, for all tenants. */
    Set<ItemKey> items() {
        return latest.values().stream().filter(edit -> !edit.deletes() && edit.item().tenant() == null).map(Edit::item)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** As a layer of the catalog. */
    List<MetadataSource> sources() {
        return sources(latest);
    }

    /** What served before, to fall back upon. */
    List<MetadataSource> earlier() {
        return sources(earlier);
    }

    private static List<MetadataSource> sources(Map<ItemKey, Edit> edits) {
        return Stream.of(MetadataSource.EDITED, MetadataSource.TENANT)
                .map(source -> new MetadataSource(source, edits.values().stream()
                        .filter(edit -> !edit.deletes() && edit.source().equals(source)).map(Edit::file).toList()))
                .filter(source -> !source.files().isEmpty()).toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decisions decisions && latest.equals(decisions.latest);
    }

    @Override
    public int hashCode() {
        return latest.hashCode();
    }
}
