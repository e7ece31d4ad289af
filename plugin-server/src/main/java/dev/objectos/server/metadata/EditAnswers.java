package dev.objectos.server.metadata;

import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.MetadataEditing.Comparison;
import dev.objectos.runtime.spi.MetadataEditing.Difference;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.MetadataEditing.Outcome;
import dev.objectos.runtime.spi.MetadataEditing.State;
import dev.objectos.runtime.spi.MetadataEditing.Version;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What requests that edit metadata are answered. */
final class EditAnswers {

    private EditAnswers() {}

    /** {@code {"success","type","name","version","seq","state","plan",…}} of one item. */
    static Map<String, Object> saved(Outcome outcome, Options options) {
        Version version = outcome.saved().getFirst();
        var answer = new LinkedHashMap<String, Object>();
        answer.put("success", true);
        answer.putAll(decision(version));
        return with(answer, outcome, options);
    }

    /** {@code {"success","items":[…],"plan",…}} of several. */
    static Map<String, Object> savedAll(Outcome outcome, Options options) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("success", true);
        answer.put("items", outcome.saved().stream().map(EditAnswers::decision).toList());
        return with(answer, outcome, options);
    }

    private static Map<String, Object> with(Map<String, Object> answer, Outcome outcome, Options options) {
        answer.put("plan", outcome.plan());
        if (!outcome.losses().isEmpty()) {
            answer.put("losses", outcome.losses());
        }
        if (!outcome.findings().isEmpty()) {
            answer.put("violations", outcome.findings().stream().map(Violation::toMap).toList());
        }
        if (options.dryRun()) {
            answer.put("dryRun", true);
        }
        return answer;
    }

    private static Map<String, Object> decision(Version version) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("type", version.item().type());
        answer.put("name", version.item().name());
        if (version.item().tenant() != null) {
            answer.put("scope", "tenant");
        }
        answer.put("version", version.version());
        answer.put("seq", version.seq());
        answer.put("state", version.state().word());
        return answer;
    }

    /** The versions of an item, oldest first, as the official client reads them: {@code {"events":[…]}}. */
    static Map<String, Object> history(List<Version> newestFirst) {
        return Map.of("events", newestFirst.reversed().stream().map(EditAnswers::event).toList());
    }

    private static Map<String, @Nullable Object> event(Version version) {
        var event = new LinkedHashMap<String, @Nullable Object>();
        event.put("seq", version.seq());
        event.put("version", version.version());
        event.put("state", version.state().word());
        event.put("op", operation(version));
        event.put("ref", Map.of("type", version.item().type(), "name", version.item().name()));
        event.put("base", version.base());
        event.put("actor", version.author() == null ? null : version.author().toString());
        event.put("actorName", version.authorName());
        event.put("ts", version.at().toString());
        event.put("publishedAt", version.publishedAt() == null ? null : version.publishedAt().toString());
        event.put("message", version.comment());
        event.put("plan", version.plan());
        event.put("source", "edited");
        event.values().removeIf(value -> value == null);
        event.putIfAbsent("actor", null);
        return event;
    }

    private static String operation(Version version) {
        return switch (version.state()) {
            case DELETED -> "delete";
            case DRAFT, DISCARDED, PUBLISHED -> version.base() == 0 ? "create" : "update";
        };
    }

    static Map<String, Object> drafts(List<Version> drafts) {
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        for (Version draft : drafts) {
            var row = new LinkedHashMap<String, @Nullable Object>(decision(draft));
            row.put("base", draft.base());
            row.put("organizationId", null);
            row.put("packageId", null);
            row.put("updatedAt", draft.at().toString());
            row.put("updatedBy", draft.author() == null ? null : draft.author().toString());
            rows.add(row);
        }
        return Map.of("drafts", rows);
    }

    /** {@code {"type","name","fromVersion","toVersion","added","removed","changed"}}. */
    static Map<String, Object> comparison(Comparison comparison) {
        var added = new ArrayList<Map<String, @Nullable Object>>();
        var removed = new ArrayList<Map<String, @Nullable Object>>();
        var changed = new ArrayList<Map<String, @Nullable Object>>();
        for (Difference difference : comparison.differences()) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("path", difference.path());
            if (difference.from() == null) {
                entry.put("value", difference.to());
                added.add(entry);
            } else if (difference.to() == null) {
                entry.put("value", difference.from());
                removed.add(entry);
            } else {
                entry.put("from", difference.from());
                entry.put("to", difference.to());
                changed.add(entry);
            }
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("type", comparison.item().type());
        answer.put("name", comparison.item().name());
        answer.put("fromVersion", comparison.from());
        answer.put("toVersion", comparison.to());
        answer.put("added", added);
        answer.put("removed", removed);
        answer.put("changed", changed);
        return answer;
    }

    /** {@code {"type","name","item","version","state","base","source"}} of one version. */
    static Map<String, Object> version(Version version, Map<String, Object> tree) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("type", version.item().type());
        answer.put("name", version.item().name());
        answer.put("item", tree);
        answer.put("version", version.version());
        answer.put("state", version.state().word());
        answer.put("base", version.base());
        answer.put("source", "edited");
        return answer;
    }

    static boolean isDeleted(Outcome outcome) {
        return outcome.saved().getFirst().state() == State.DELETED;
    }
}
