package dev.objectos.runtime.spi;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.session.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Changes metadata while the server runs: a layer over what plugins and folders bring, in which every item has versions that
 * count up. An item replaces what is beneath it whole; an object that {@code extends} its own name adds to it. Publishing
 * happens on all nodes, or not at all.
 *
 * <p>An object's item of one tenant adds fields to the object for that tenant alone; for the others they do not exist.
 *
 * <p>For platform administrators, what is a tenant's own for the administrators of that tenant; others are refused with {@code PERMISSION_DENIED}. What is not there is
 * {@code RESOURCE_NOT_FOUND}, a wrong type or name {@code INVALID_REQUEST}.
 */
public interface MetadataEditing {

    /**
     * Saves an item, and publishes it unless it is to be a draft.
     *
     * @param yaml as it is kept: UTF-8, at most {@link MetadataFile#MAX_BYTES}
     * @throws PlatformException {@code INVALID_METADATA} with {@code violations} where something is wrong; a draft may be wrong
     *         as long as it is YAML. {@code CONCURRENT_UPDATE} with {@code currentVersion} where another version than the expected
     *         one is there. {@code DESTRUCTIVE_CHANGE} with {@code losses} where values would go, unless it is forced
     */
    Outcome save(ItemKey item, byte[] yaml, Options options, Session session);

    /**
     * Takes what was edited away again, so that what is beneath it serves; with {@link Options#draft}, the draft alone.
     *
     * @throws PlatformException as {@link #save} does, and {@code DELETE_RESTRICTED} with {@code references} where the item would
     *         be gone altogether and something names it
     */
    Outcome delete(ItemKey item, Options options, Session session);

    /** Publishes the draft of an item; refused where another version was published since the draft was begun. */
    Outcome publish(ItemKey item, Options options, Session session);

    /** Publishes all drafts together. */
    Outcome publishAll(Options options, Session session);

    /** Publishes the content of an earlier version again, as a new one. */
    Outcome rollBack(ItemKey item, int toVersion, Options options, Session session);

    /**
     * Publishes files in the layout of a plugin together.
     *
     * @param prune whether edited items that no file is about are deleted
     */
    Outcome apply(List<MetadataFile> files, boolean prune, Options options, Session session);

    /** What is edited and serves, in the order of types and names, each with the path of its file. */
    Map<String, Version> edited(Session session);

    /** Every draft, the oldest first. */
    List<Version> drafts(Session session);

    /** Every version of an item, newest first. */
    List<Version> history(ItemKey item, Session session);

    /** One version of an item; null: the one that serves. */
    Optional<Version> version(ItemKey item, @Nullable Integer version, Session session);

    Optional<Version> draft(ItemKey item, Session session);

    /**
     * What is different between two versions of an item.
     *
     * @param from null: the one before {@code to}; 0: nothing
     * @param to null: the latest one that was published
     */
    Comparison compare(ItemKey item, @Nullable Integer from, @Nullable Integer to, Session session);

    /** Plain values as the YAML that {@link #save} takes, keys in the order given. */
    String yaml(Map<String, ?> content);

    /** The values of a version; empty where it was deleted. */
    Map<String, Object> tree(Version version);

    /**
     * What names an item in the metadata that serves.
     *
     * @param field a field of an object, rather than the object; null: the item itself
     */
    List<Reference> references(ItemKey item, @Nullable String field, Session session);

    /**
     * How to save.
     *
     * @param draft keep it aside
     * @param dryRun check and plan, and change nothing
     * @param force go ahead although values are lost
     * @param expected the version that the author has seen: of the draft where one is saved or published and there is one; 0: none
     *        was edited; null: whichever
     * @param comment why, for the history
     */
    record Options(boolean draft, boolean dryRun, boolean force, @Nullable Integer expected, @Nullable String comment) {

        public static final Options DEFAULT = new Options(false, false, false, null, null);
    }

    /** Where a version stands. */
    enum State {

        /** Kept aside. */
        DRAFT,
        /** Serves, or did until the next one was published. */
        PUBLISHED,
        /** What was edited was taken away. */
        DELETED,
        /** A draft that was given up, or saved again. */
        DISCARDED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A version of an item.
     *
     * @param seq grows with every decision about any item
     * @param base the version that served when it was written; 0: none
     * @param content YAML; null where the item was deleted
     * @param plan what publishing it did to the tables, in words
     * @param author null: the platform itself
     * @param publishedAt null: it never served
     */
    record Version(ItemKey item, int version, long seq, State state, int base, @Nullable String content,
            @Nullable String comment, List<String> plan, @Nullable UUID author, @Nullable String authorName,
            Instant at, @Nullable Instant publishedAt) {

        public Version {
            plan = List.copyOf(plan);
        }
    }

    /**
     * What saving did, or would do.
     *
     * @param saved the new versions; of a dry run, those that there would be
     * @param plan what is done to the tables, in words
     * @param losses what is lost with it, and was forced
     * @param findings what is doubtful in the items saved, and wrong in a draft
     */
    record Outcome(List<Version> saved, List<String> plan, List<Map<String, Object>> losses, List<Violation> findings) {

        public Outcome {
            saved = List.copyOf(saved);
            plan = List.copyOf(plan);
            losses = List.copyOf(losses);
            findings = List.copyOf(findings);
        }
    }

    /** What is different between two versions, by path. */
    record Comparison(ItemKey item, int from, int to, List<Difference> differences) {

        public Comparison {
            differences = List.copyOf(differences);
        }
    }

    /**
     * A value that is different.
     *
     * @param path keys joined by dots, such as {@code fields.email.label}
     * @param from null: there was none
     * @param to null: there is none
     */
    record Difference(String path, @Nullable Object from, @Nullable Object to) {}

    /**
     * A place that names something.
     *
     * @param item what stands there
     * @param path within it, or empty
     * @param kind how: {@code lookup}, {@code summary}, {@code expression}, {@code index}, {@code rule}, {@code name_field},
     *        {@code about} or {@code mention}
     * @param where it was written
     */
    record Reference(ItemKey item, String path, String kind, SourceLocation where) {

        /** As an answer shows it. */
        public Map<String, Object> toMap() {
            var members = new LinkedHashMap<String, Object>();
            members.put("type", item.type());
            members.put("name", item.name());
            members.put("path", path);
            members.put("kind", kind);
            members.put("file", where.file());
            members.put("line", where.line());
            members.put("column", where.column());
            return members;
        }
    }
}
