package dev.objectos.runtime.metadata.publish;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.derived.DerivedValues;
import dev.objectos.runtime.expression.ExpressionChecker;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.IndexDefinition;
import dev.objectos.runtime.metadata.MetadataFile;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.CatalogLoader;
import dev.objectos.runtime.schema.Loss;
import dev.objectos.runtime.schema.PublishOptions;
import dev.objectos.runtime.schema.SchemaPlan;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.spi.CatalogPreview;
import dev.objectos.runtime.spi.MetadataCheck;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the files of every layer into the catalog that requests see: reads them, checks them, brings the tables up to
 * date, and only then swaps the snapshot. A file that cannot be used is reported, and its last good content serves in its
 * place; where it never was good it is left out. The files around it are published all the same.
 */
public final class MetadataPublisher implements CatalogPreview {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataPublisher.class);

    /** Each trial reads everything once more. */
    private static final int MOST_TRIALS = 12;

    private final Supplier<List<MetadataSource>> layers;
    private final SchemaPublisher schema;
    private final DerivedValues derived;
    private final Catalogs catalogs;
    private final List<MetadataCheck> checks;
    private final MetadataFiles files = new MetadataFiles();
    /** What was said of the files that are held back. */
    private final Map<String, Violation> refusals = new HashMap<>();
    private volatile boolean changing;

    /**
     * @param layers reads every source as it stands now, earlier layers first
     * @param checks asked beside the platform's own
     */
    public MetadataPublisher(Supplier<List<MetadataSource>> layers, SchemaPublisher schema, DerivedValues derived,
            Catalogs catalogs, List<MetadataCheck> checks) {
        this.checks = List.copyOf(checks);
        this.layers = layers;
        this.schema = schema;
        this.derived = derived;
        this.catalogs = catalogs;
    }

    /**
     * Publishes what the layers hold now.
     *
     * @return the new snapshot; its violations say what was wrong and so is not in it
     */
    public synchronized Catalog publish() {
        files.letGo();
        return publish(_ -> false, PublishOptions.FROM_FILES, _ -> {});
    }

    /**
     * Publishes with other added layers, or leaves everything as it was.
     *
     * @throws PlatformException {@code INVALID_METADATA} where something would be wrong that is not wrong now;
     *         {@code DESTRUCTIVE_CHANGE} where the records do not allow it
     */
    public synchronized Catalog publish(ChangingLayer added, List<MetadataSource> next) {
        List<Violation> errors = errorsWith(added, next);
        if (!errors.isEmpty()) {
            // Something may have been wrong all the while.
            errors = new ArrayList<>(errors);
            errors.removeAll(errorsWith(added, added.sources()));
        }
        if (!errors.isEmpty()) {
            throw refusal(errors);
        }
        Set<String> plugins = next.stream().map(MetadataSource::plugin).collect(Collectors.toSet());
        List<MetadataSource> standing = added.sources();
        added.replace(next);
        try {
            return publish(file -> plugins.contains(file.substring(0, Math.max(0, file.indexOf('!')))),
                    PublishOptions.FROM_FILES, _ -> {});
        } catch (RuntimeException e) {
            added.replace(standing);
            throw e;
        }
    }

    /**
     * What it would mean to publish another content of a layer; changes nothing.
     *
     * @param own files that must be without errors; of others only new errors count
     */
    public synchronized Prospect prospect(ChangingLayer layer, List<MetadataSource> next, Predicate<String> own) {
        Catalog loaded = catalogWith(layer, next);
        var found = new LinkedHashSet<>(loaded.violations());
        found.addAll(check(loaded));
        List<Violation> errors = new ArrayList<>(found);
        errors.removeIf(violation -> !violation.isError());
        if (!errors.stream().allMatch(error -> own.test(error.where().file()))) {
            List<Violation> standing = errorsWith(layer, layer.sources());
            errors.removeIf(error -> !own.test(error.where().file()) && standing.contains(error));
        }
        if (!errors.isEmpty()) {
            return new Prospect(loaded, List.copyOf(found), errors, new SchemaPlan(List.of(), List.of()));
        }
        List<Loss> losses = new ArrayList<>(schema.plan(loaded, PublishOptions.EDIT).losses());
        if (!losses.isEmpty()) {
            losses.removeAll(schema.plan(catalogs.current(), PublishOptions.EDIT).losses());
        }
        return new Prospect(loaded, List.copyOf(found), errors,
                new SchemaPlan(schema.plan(loaded, PublishOptions.FORCED_FROM_FILES).steps(), losses));
    }

    /**
     * Publishes another content of a layer that has been looked at before, or leaves everything as it was.
     *
     * @param force whether values that do not fit any more are given up
     * @param keep writes down that it is so, once the tables are ready and before anybody sees it; a failure of it fails the whole
     */
    public synchronized Catalog publish(ChangingLayer layer, List<MetadataSource> next, boolean force,
            Consumer<Catalog> keep) {
        List<MetadataSource> standing = layer.sources();
        layer.replace(next);
        try {
            return publish(_ -> true, force ? PublishOptions.FORCED_FROM_FILES : PublishOptions.FROM_FILES, keep);
        } catch (RuntimeException e) {
            layer.replace(standing);
            throw e;
        }
    }

    /** Takes what a source held before as good, for files of which nothing better is known. */
    public synchronized void recall(MetadataSource earlier) {
        files.recall(earlier);
    }

    /** What serves; empty while something else is about to. */
    public Optional<Catalog> settled() {
        return changing ? Optional.empty() : Optional.of(catalogs.current());
    }

    /** The errors that there would be with other added layers; changes nothing. */
    public synchronized List<Violation> errorsWith(ChangingLayer added, List<MetadataSource> next) {
        Catalog loaded = catalogWith(added, next);
        var errors = new LinkedHashSet<>(loaded.errors());
        check(loaded).stream().filter(Violation::isError).forEach(errors::add);
        return List.copyOf(errors);
    }

    /** What there would be with other added layers; changes nothing. */
    public synchronized Catalog catalogWith(ChangingLayer added, List<MetadataSource> next) {
        List<MetadataSource> standing = added.sources();
        added.replace(next);
        try {
            MetadataFiles trial = files.copy();
            trial.take(layers.get());
            trial.holdBackAgain();
            return CatalogLoader.load(catalogs.current().version() + 1, trial.sources());
        } finally {
            added.replace(standing);
        }
    }

    @Override
    public synchronized Previewed with(List<MetadataFile> changed) {
        var all = new ArrayList<>(layers.get());
        all.add(new MetadataSource(MetadataSource.EDITED, changed));
        Catalog loaded = schema.placed(CatalogLoader.load(catalogs.current().version() + 1, all));
        var violations = new LinkedHashSet<>(loaded.violations());
        violations.addAll(check(loaded));
        return new Previewed(loaded, List.copyOf(violations));
    }

    /** What only shows once the files are put together. */
    private List<Violation> check(Catalog loaded) {
        var found = new ArrayList<>(ExpressionChecker.check(loaded));
        checks.forEach(check -> found.addAll(check.check(loaded)));
        return found;
    }

    private static PlatformException refusal(List<Violation> errors) {
        return new PlatformException(RuntimeError.INVALID_METADATA,
                errors.stream().limit(5).map(Violation::toString).collect(Collectors.joining("; ")))
                .with("errors", errors.stream().map(Violation::toString).toList());
    }

    /**
     * @param whole files that are published as they are or not at all
     * @param keep told of the snapshot before anybody else
     */
    private Catalog publish(Predicate<String> whole, PublishOptions options, Consumer<Catalog> keep) {
        changing = true;
        try {
            return change(whole, options, keep);
        } finally {
            changing = false;
        }
    }

    private Catalog change(Predicate<String> whole, PublishOptions options, Consumer<Catalog> keep) {
        files.take(layers.get());
        refusals.keySet().retainAll(files.holdBackAgain());
        var findings = new LinkedHashSet<>(refusals.values());
        Catalog next = usable(findings);
        while (true) {
            try {
                next = schema.publish(next, options, derived).catalog();
                break;
            } catch (PlatformException refusal) {
                Map<String, Violation> refused = refused(refusal, next);
                if (refused.isEmpty() || refused.keySet().stream().anyMatch(whole)
                        || !files.holdBack(refused.keySet())) {
                    throw refusal;
                }
                refusals.putAll(refused);
                findings.addAll(refused.values());
                next = usable(findings);
            }
        }
        forgetMended(findings, next);
        Catalog published = next.reporting(List.copyOf(findings));
        derived.beforeSwap(published);
        keep.accept(published);
        catalogs.publish(published);
        files.remember(published.errors().stream().map(error -> error.where().file()).collect(Collectors.toSet()));
        published.violations().forEach(MetadataPublisher::log);
        LOG.info("Catalog {} is published: {} objects", published.version(), published.objects().size());
        completeDerivedValues(published);
        return published;
    }

    private void completeDerivedValues(Catalog published) {
        try {
            catalogs.awaitWritesBeforeCurrent();
        } catch (InterruptedException e) {
            // The server is ending; its next start computes what is missing.
            Thread.currentThread().interrupt();
            return;
        }
        derived.afterSwap(published);
    }

    /** The catalog of the files, once those with errors hold their last good content or are left out. */
    private Catalog usable(Set<Violation> findings) {
        while (true) {
            Reading reading = read(files);
            findings.addAll(reading.catalog().violations());
            findings.addAll(reading.expressions());
            if (!files.replace(culprits(reading.unusable()))) {
                return reading.catalog();
            }
        }
    }

    /**
     * The files as they are read.
     *
     * @param unusable those that cannot be used and are not left out yet, or could be used as they were
     */
    private record Reading(Catalog catalog, List<Violation> expressions, Set<String> unusable) {}

    private Reading read(MetadataFiles from) {
        Catalog loaded = CatalogLoader.load(catalogs.current().version() + 1, from.sources());
        List<Violation> expressions = check(loaded);
        Set<String> unusable = filesOf(expressions);
        // The loader has left out the others already; they need another turn only where a good content is known.
        filesOf(loaded.violations()).stream().filter(from::canRestore).forEach(unusable::add);
        return new Reading(loaded, expressions, unusable);
    }

    /**
     * Which of the files to take back first: the one that the others are unusable because of, so that a good change beside
     * a bad one is not lost. All of them where there is no such file.
     */
    private Set<String> culprits(Set<String> unusable) {
        if (unusable.size() < 2 || unusable.size() > MOST_TRIALS) {
            return unusable;
        }
        Set<String> culprits = unusable;
        int fewest = unusable.size();
        for (String candidate : unusable) {
            if (fewest == 0) {
                break;
            }
            MetadataFiles trial = files.copy();
            trial.replace(Set.of(candidate));
            int left = read(trial).unusable().size();
            if (left < fewest) {
                culprits = Set.of(candidate);
                fewest = left;
            }
        }
        return culprits;
    }

    /** What was wrong only until a file that others build on held its last good content. */
    private void forgetMended(Set<Violation> findings, Catalog next) {
        var standing = Set.copyOf(next.violations());
        findings.removeIf(finding -> finding.isError() && !files.isReplaced(finding.where().file())
                && !standing.contains(finding));
    }

    /**
     * The files to take back of an object whose change the tables refuse: those that have changed; where none has, those that
     * add to the object; at last the object's own.
     */
    private Map<String, Violation> refused(PlatformException refusal, Catalog next) {
        if (refusal.code() != RuntimeError.DESTRUCTIVE_CHANGE || refusal.object() == null) {
            return Map.of();
        }
        ObjectDefinition object = next.object(refusal.object()).orElseThrow(() -> refusal);
        var touched = new LinkedHashMap<String, Violation>();
        Stream.of(Stream.of(object.source()), object.fields().values().stream().map(FieldDefinition::source),
                object.indexes().stream().map(IndexDefinition::source)).flatMap(Function.identity())
                .forEach(where -> touched.putIfAbsent(where.file(), new Violation(Violation.Severity.ERROR, where,
                        "object", object.name(), refusal.message(), "mend the records first, or undo the change")));
        Map<String, Violation> changed = among(touched, files::canRestore);
        if (!changed.isEmpty()) {
            return changed;
        }
        Map<String, Violation> added = among(touched, file -> !file.equals(object.source().file()));
        return added.isEmpty() ? touched : added;
    }

    private static Map<String, Violation> among(Map<String, Violation> touched, Predicate<String> wanted) {
        var found = new LinkedHashMap<>(touched);
        found.keySet().removeIf(wanted.negate());
        return found;
    }

    private static Set<String> filesOf(List<Violation> violations) {
        return violations.stream().filter(Violation::isError).map(violation -> violation.where().file())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void log(Violation violation) {
        if (violation.isError()) {
            LOG.error("{}", violation);
        } else {
            LOG.warn("{}", violation);
        }
    }
}
