package dev.objectos.runtime.metadata.edit;

import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.derived.DerivedValues;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.ItemKey;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.publish.EditedLayer;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataEditing.Options;
import dev.objectos.runtime.spi.MetadataEditing.Outcome;
import dev.objectos.runtime.spi.MetadataListener;
import dev.objectos.runtime.sql.WriteExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server, as far as metadata is concerned, on a database that others may share. */
final class TestingNode implements AutoCloseable {

    static final Session SESSION = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);

    private final Catalogs catalogs = new Catalogs();
    private final EditedMetadata metadata;
    private final MetadataEditing editor;
    private final EditWatch watch;

    /** Starts with the files of a plugin called acme. */
    TestingNode(Databases databases, Map<String, String> plugin, MetadataListener... listeners) {
        var layer = new EditedLayer();
        MetadataSource acme = TestingCatalogs.source("acme", plugin);
        var schema = new SchemaPublisher(databases);
        var publisher = new MetadataPublisher(() -> {
            var all = new ArrayList<>(List.of(acme));
            all.addAll(layer.sources());
            return all;
        }, schema, new DerivedValues(databases,
                new WriteExecutor(databases.app(), new SimpleMeterRegistry()), Clock.systemUTC()), catalogs, List.of());
        var store = new VersionStore(databases.worker());
        metadata = new EditedMetadata(publisher, layer, catalogs, schema, () -> {}, store,
                databases.direct(), List.of(listeners), Clock.systemUTC(), Duration.ZERO);
        editor = new MetadataEditor(metadata, store, catalogs);
        metadata.open();
        publisher.publish();
        watch = new EditWatch(metadata, databases.direct());
        watch.start();
    }

    MetadataEditing metadata() {
        return editor;
    }

    Catalog catalog() {
        return catalogs.current();
    }

    static ItemKey object(String name) {
        return new ItemKey("object", name);
    }

    Outcome save(String object, String yaml) {
        return save(object, yaml, Options.DEFAULT);
    }

    Outcome save(String object, String yaml, Options options) {
        return editor.save(object(object), yaml.getBytes(StandardCharsets.UTF_8), options, SESSION);
    }

    static Options expecting(@Nullable Integer version) {
        return new Options(false, false, false, version, null);
    }

    static Options forced() {
        return new Options(false, false, true, null, null);
    }

    /** Whether the object that serves has the field. */
    boolean has(String object, String field) {
        return catalog().object(object).flatMap(found -> found.field(field)).isPresent();
    }

    List<String> errors() {
        return catalog().errors().stream().map(Object::toString).toList();
    }

    /** Has what was given up go, if it may. */
    void tidy() {
        metadata.tidy();
    }

    @Override
    public void close() {
        watch.stop();
    }
}
