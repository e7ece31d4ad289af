package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.MetadataSource;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.publish.AddedLayers;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.Seeding;
import dev.objectos.runtime.plugin.trust.PluginPackage;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.spi.PluginRemoval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What added plugins bring to the catalog and to the tables. */
public record AddedMetadata(MetadataPublisher publisher, AddedLayers layers, Seeding seeding, SchemaPublisher schema,
        Catalogs catalogs) {

    /** Has the first publish take what these bring. */
    void prepare(List<PluginPackage> running) {
        layers.replace(sources(running));
    }

    /** Publishes what these bring; or leaves everything as it was. */
    void publish(List<PluginPackage> running) {
        publisher.publish(layers, sources(running));
    }

    /** Loads the seed records that are not there yet. */
    void seed() {
        seeding.load();
    }

    /** What would be wrong with the files of some plugins, by plugin, before anything is published. */
    Map<String, String> errorsOf(List<PluginPackage> running) {
        if (running.isEmpty()) {
            // Nobody could be at fault, and every start would read all metadata twice to find that out.
            return Map.of();
        }
        return byPlugin(publisher.errorsWith(layers, sources(running)), running);
    }

    /** What is wrong with the files of some plugins in the catalog that serves, by plugin. */
    Map<String, String> publishedErrorsOf(List<PluginPackage> running) {
        return byPlugin(catalogs.current().errors().stream().filter(error -> !error.type().equals("data")).toList(),
                running);
    }

    private static Map<String, String> byPlugin(List<Violation> errors, List<PluginPackage> running) {
        var found = new LinkedHashMap<String, String>();
        for (PluginPackage content : running) {
            String prefix = content.manifest().id() + "!";
            errors.stream().filter(error -> error.where().file().startsWith(prefix))
                    .forEach(error -> found.merge(content.manifest().id(), error.toString(), (a, b) -> a + "\n" + b));
        }
        return found;
    }

    /** The objects that a plugin defines, beside the others that run. */
    List<String> objectsOf(String plugin, List<PluginPackage> running) {
        return publisher.catalogWith(layers, sources(running)).objects().stream()
                .filter(object -> object.plugin().equals(plugin)).map(ObjectDefinition::name).toList();
    }

    /** What goes with a plugin that stands among those that run. */
    PluginRemoval removal(String plugin, List<PluginPackage> running, List<String> dependents) {
        Catalog catalog = publisher.catalogWith(layers, sources(running));
        List<ObjectDefinition> own = catalog.objects().stream().filter(object -> object.plugin().equals(plugin))
                .toList();
        Map<String, Long> rows = schema.records(own.stream().map(ObjectDefinition::name).toList());
        var foreign = new ArrayList<PluginRemoval.Field>();
        var added = new ArrayList<PluginRemoval.Field>();
        for (ObjectDefinition object : catalog.objects()) {
            for (FieldDefinition field : object.fields().values()) {
                boolean ownObject = object.plugin().equals(plugin);
                boolean ownField = field.source().file().startsWith(plugin + "!");
                if (!field.system() && ownObject != ownField) {
                    (ownObject ? foreign : added)
                            .add(new PluginRemoval.Field(object.name(), field.name(), field.source().file()));
                }
            }
        }
        return new PluginRemoval(plugin,
                own.stream().map(object -> new PluginRemoval.Objects(object.name(), object.label(),
                        rows.getOrDefault(object.name(), 0L))).toList(),
                foreign, added, dependents);
    }

    /** Deletes the records of objects that are no longer in the catalog; the tables go when no node works with them. */
    void drop(List<String> objects) {
        schema.discard(catalogs.current(), objects);
    }

    private static List<MetadataSource> sources(List<PluginPackage> running) {
        return running.stream().map(PluginPackage::metadata).toList();
    }
}
