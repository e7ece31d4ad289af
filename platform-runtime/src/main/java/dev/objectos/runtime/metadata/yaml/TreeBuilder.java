package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Items;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import dev.objectos.runtime.metadata.yaml.YamlReader.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Builds the elements of one document from parser events and refuses what makes a document dangerous or ambiguous:
 * several documents, tags, deep nesting, duplicate keys, aliases that multiply.
 */
final class TreeBuilder {

    private static final int MAX_DEPTH = 50;

    /** Elements of a document with every alias written out; a plain file of the largest size stays below. */
    private static final long MAX_ELEMENTS = 1_000_000;

    private static final String MERGE = "<<";

    private final String label;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private long elements;

    /** What an anchor stands for, and how many elements each use of it adds. */
    private record Anchored(Element element, long size) {}

    TreeBuilder(String label, Iterator<Event> events) {
        this.label = label;
        this.events = events;
    }

    Element document() {
        Element root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                if (root != null) {
                    throw refuse(event, "the file holds several documents", "write one document in each file");
                }
                root = element(events.next(), 0);
            }
        }
        if (root == null || root.isNull()) {
            throw new UnreadableException(new SourceLocation(label, 1, 1), "the file is empty",
                    "write the definition, or remove the file");
        }
        return root;
    }

    private Element element(Event event, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse(event, "the file is nested deeper than " + MAX_DEPTH + " levels", "flatten it");
        }
        if (event instanceof AliasEvent alias) {
            return resolve(alias);
        }
        count(event, 1);
        long before = elements;
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        anchor.ifPresent(open::add);
        Element built = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent start when start.getEventId() == Event.ID.SequenceStart -> items(start, depth);
            case CollectionStartEvent start -> entries(start, depth);
            default -> throw refuse(event, "the file is not valid YAML", "");
        };
        anchor.ifPresent(name -> {
            open.remove(name);
            anchors.put(name, new Anchored(built, elements - before + 1));
        });
        return built;
    }

    private Element resolve(AliasEvent alias) {
        if (open.contains(alias.getAlias())) {
            throw refuse(alias, "the alias *" + alias.getAlias() + " contains itself", "write the value out");
        }
        Anchored target = anchors.get(alias.getAlias());
        if (target == null) {
            throw refuse(alias, "the alias *" + alias.getAlias() + " has no anchor &" + alias.getAlias() + " before it",
                    "");
        }
        count(alias, target.size());
        return target.element();
    }

    private void count(Event event, long added) {
        elements += added;
        if (elements > MAX_ELEMENTS) {
            throw refuse(event, "the file's aliases multiply to more than " + MAX_ELEMENTS + " values",
                    "write the values out");
        }
    }

    private Scalar scalar(ScalarEvent event) {
        refuseTag(event, event.getTag());
        String text = event.getValue();
        boolean typed = event.getTag().isEmpty() && event.isPlain();
        return new Scalar(typed ? CoreSchema.resolve(text) : text, text, event.isDQuoted() || event.isSQuoted() ? 1 : 0,
                where(event));
    }

    private Items items(CollectionStartEvent start, int depth) {
        refuseTag(start, start.getTag());
        var list = new ArrayList<Element>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            list.add(element(next, depth + 1));
        }
        return new Items(list, where(start));
    }

    private Entries entries(CollectionStartEvent start, int depth) {
        refuseTag(start, start.getTag());
        var map = new LinkedHashMap<String, Entry>();
        var merged = new ArrayList<Entries>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            if (!(element(next, depth + 1) instanceof Scalar key)) {
                throw refuse(next, "a key is not plain text", "write a word before the colon");
            }
            Element value = element(events.next(), depth + 1);
            if (key.text().equals(MERGE) && next instanceof ScalarEvent plain && plain.isPlain()) {
                merged.addAll(mergeable(value));
                continue;
            }
            Entry earlier = map.putIfAbsent(key.text(), new Entry(where(next), value));
            if (earlier != null) {
                throw refuse(next, "the key '" + key.text() + "' is written twice, first in line "
                        + earlier.keyWhere().line(), "keep one of them");
            }
        }
        for (Entries other : merged) {
            other.entries().forEach(map::putIfAbsent);
        }
        return new Entries(map, where(start));
    }

    private static List<Entries> mergeable(Element value) {
        return switch (value) {
            case Entries map -> List.of(map);
            case Items items when items.elements().stream().allMatch(Entries.class::isInstance) ->
                items.elements().stream().map(Entries.class::cast).toList();
            case Items _,Scalar _ -> throw new UnreadableException(value.where(), "<< takes maps only",
                    "name an anchor of a map: <<: *name");
        };
    }

    private void refuseTag(Event event, Optional<String> tag) {
        if (tag.isPresent() && !tag.get().equals("!") && !tag.get().equals("tag:yaml.org,2002:str")) {
            throw refuse(event, "the tag " + shown(tag.get()) + " is not allowed", "remove it");
        }
    }

    private static String shown(String tag) {
        String core = "tag:yaml.org,2002:";
        return tag.startsWith(core) ? "!!" + tag.substring(core.length()) : tag;
    }

    private UnreadableException refuse(Event event, String problem, String suggestion) {
        return new UnreadableException(where(event), problem, suggestion);
    }

    private SourceLocation where(Event event) {
        return event.getStartMark().map(mark -> YamlReader.locate(label, mark))
                .orElseGet(() -> new SourceLocation(label, 1, 1));
    }
}
