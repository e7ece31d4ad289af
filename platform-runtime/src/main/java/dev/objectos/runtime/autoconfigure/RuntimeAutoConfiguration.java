package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.derived.DerivedValues;
import dev.objectos.runtime.health.BootTimeline;
import dev.objectos.runtime.hook.FindHooks;
import dev.objectos.runtime.hook.HookInterceptor;
import dev.objectos.runtime.hook.HookListener;
import dev.objectos.runtime.hook.HookProperties;
import dev.objectos.runtime.hook.HookedRewriters;
import dev.objectos.runtime.hook.Hooks;
import dev.objectos.runtime.idempotency.KeyKeeper;
import dev.objectos.runtime.idempotency.StoredIdempotencyKeys;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.edit.EditWatch;
import dev.objectos.runtime.metadata.edit.EditedMetadata;
import dev.objectos.runtime.metadata.edit.MetadataEditor;
import dev.objectos.runtime.metadata.edit.VersionStore;
import dev.objectos.runtime.metadata.publish.AddedLayers;
import dev.objectos.runtime.metadata.publish.EditedLayer;
import dev.objectos.runtime.metadata.publish.MetadataLayers;
import dev.objectos.runtime.metadata.publish.MetadataProperties;
import dev.objectos.runtime.metadata.publish.MetadataPublisher;
import dev.objectos.runtime.metadata.publish.SeedLoader;
import dev.objectos.runtime.metadata.publish.Seeding;
import dev.objectos.runtime.metadata.yaml.GeneratedSchemas;
import dev.objectos.runtime.pipeline.FilteredRecords;
import dev.objectos.runtime.pipeline.GatheredRights;
import dev.objectos.runtime.pipeline.ReadPipeline;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.pipeline.RecordRights;
import dev.objectos.runtime.pipeline.WatchedPipeline;
import dev.objectos.runtime.pipeline.WritePipeline;
import dev.objectos.runtime.plan.ChangeRights;
import dev.objectos.runtime.plan.FieldViews;
import dev.objectos.runtime.plan.MutationPlanner;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.RecordPlanner;
import dev.objectos.runtime.plan.SecretKeyFile;
import dev.objectos.runtime.plan.SecretValues;
import dev.objectos.runtime.plan.ShapedQuery;
import dev.objectos.runtime.plan.TenantFieldRewriter;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.schema.SchemaPublisher;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.Announcement;
import dev.objectos.runtime.spi.ChangeRecorder;
import dev.objectos.runtime.spi.EditorSchemas;
import dev.objectos.runtime.spi.IdempotencyKeys;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.MetadataEditing;
import dev.objectos.runtime.spi.MetadataListener;
import dev.objectos.runtime.spi.MutationInterceptor;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.PlatformPlugin;
import dev.objectos.runtime.spi.QueryCheck;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.RecordListener;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.WatchedRecords;
import dev.objectos.runtime.spi.WriteRights;
import dev.objectos.runtime.sql.MutationExecutor;
import dev.objectos.runtime.sql.OutboxRecorder;
import dev.objectos.runtime.sql.QueryExecutor;
import dev.objectos.runtime.sql.Turnstile;
import dev.objectos.runtime.sql.WriteExecutor;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Wires the catalog, its publishing, and the two paths that records take. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
@EnableConfigurationProperties({MetadataProperties.class, HookProperties.class, ReadProperties.class})
public final class RuntimeAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    @ConditionalOnMissingBean
    Catalogs catalogs() {
        return new Catalogs();
    }

    @Bean
    EditorSchemas editorSchemas() {
        return new GeneratedSchemas();
    }

    @Bean
    WriteExecutor writeExecutor(Databases databases, MeterRegistry meters) {
        return new WriteExecutor(databases.app(), meters);
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    KeyKeeper idempotencyKeyKeeper(Databases databases) {
        return new KeyKeeper(databases.worker());
    }

    @Bean
    IdempotencyKeys idempotencyKeys(Databases databases, KeyKeeper keeper) {
        return new StoredIdempotencyKeys(databases.app(), keeper);
    }

    @Bean
    AddedLayers addedLayers() {
        return new AddedLayers();
    }

    @Bean
    EditedLayer editedLayer() {
        return new EditedLayer();
    }

    @Bean
    MetadataLayers metadataLayers(PluginRegistry plugins, AddedLayers added, MetadataProperties properties,
            EditedLayer edited) {
        return new MetadataLayers(plugins, added, properties.folders(), edited);
    }

    @Bean
    SchemaPublisher schemaPublisher(Databases databases) {
        return new SchemaPublisher(databases);
    }

    @Bean
    MetadataPublisher metadataPublisher(MetadataLayers layers, SchemaPublisher schema, Databases databases,
            WriteExecutor writes, Catalogs catalogs, ObjectProvider<MetadataCheck> checks, Clock clock) {
        return new MetadataPublisher(layers, schema,
                new DerivedValues(databases, writes, clock), catalogs, checks.orderedStream().toList());
    }

    @Bean
    OutboxRecorder outboxRecorder() {
        return new OutboxRecorder();
    }

    @Bean
    Hooks hooks(HookProperties properties) {
        return new Hooks(properties);
    }

    @Bean
    HookInterceptor hookInterceptor(Hooks hooks) {
        return new HookInterceptor(hooks);
    }

    @Bean
    HookListener hookListener(Hooks hooks) {
        return new HookListener(hooks);
    }

    @Bean
    TenantFieldRewriter tenantFieldRewriter() {
        return new TenantFieldRewriter();
    }

    @Bean
    HookedRewriters hookedRewriters(ObjectProvider<QueryRewriter> rewriters, Hooks hooks) {
        return new HookedRewriters(rewriters.orderedStream().toList(), hooks);
    }

    @Bean
    Turnstile turnstile(ReadProperties reads, DatabaseProperties database, MeterRegistry meters) {
        var turnstile = new Turnstile(reads.places(database.embedded(), database.pools().app()));
        Gauge.builder("objectos.sql.waiting", turnstile, Turnstile::waiting)
                .description("Reads that wait for their turn at the database").register(meters);
        return turnstile;
    }

    @Bean
    QueryExecutor queryExecutor(Databases databases, MeterRegistry meters, Turnstile turnstile) {
        return new QueryExecutor(databases.app(), meters, turnstile);
    }

    @Bean
    ReadPipeline readPipeline(Catalogs catalogs, HookedRewriters rewriters, QueryExecutor executor, Clock clock) {
        return new ReadPipeline(catalogs, new ReadPlanner(rewriters), executor, clock);
    }

    @Bean
    QueryCheck queryCheck() {
        var planner = new ReadPlanner(List.of());
        return (query, catalog) -> planner.plan(ShapedQuery.of(query).shape(),
                Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM), catalog);
    }

    @Bean
    ChangeRights changeRights(ObjectProvider<WriteRights> rights) {
        return new ChangeRights(rights.orderedStream().toList());
    }

    @Bean
    FieldViews fieldViews(HookedRewriters rewriters) {
        return new FieldViews(rewriters);
    }

    @Bean
    RecordFilters recordFilters(Catalogs catalogs, QueryExecutor executor, Clock clock) {
        return new FilteredRecords(catalogs, executor, clock);
    }

    @Bean
    SecretValues secretValues(RuntimeProperties properties) {
        return new SecretValues(SecretKeyFile.in(properties.home()), SecretValues.ITERATIONS);
    }

    @Bean
    WritePipeline writePipeline(Catalogs catalogs, WriteExecutor executor, ReadPipeline reads,
            HookedRewriters rewriters, FieldViews views, ChangeRights rights,
            ObjectProvider<MutationInterceptor> interceptors, ObjectProvider<ChangeRecorder> recorders,
            ObjectProvider<RecordListener> listeners,
            SecretValues secrets, Clock clock) {
        List<RecordListener> told = listeners.orderedStream().toList();
        return new WritePipeline(catalogs,
                new MutationPlanner(interceptors.orderedStream().toList(), views, rights, secrets, clock),
                new MutationExecutor(recorders.orderedStream().toList(),
                        object -> told.stream().anyMatch(listener -> listener.listensTo(object))),
                executor,
                new RecordRights(new RecordPlanner(rewriters, rights), clock), told, reads);
    }

    @Bean
    ObjectRights objectRights(FieldViews views, ChangeRights rights, RecordFilters filters,
            ObjectProvider<Actions> actions) {
        return new GatheredRights(views, rights, filters,
                SingletonSupplier.of(() -> actions.getIfAvailable(() -> Actions.NONE)));
    }

    @Bean
    @ConditionalOnMissingBean
    Records records(ReadPipeline reads, WritePipeline writes, Hooks hooks, Catalogs catalogs) {
        return new RecordPipeline(reads, writes, new FindHooks(hooks, catalogs::current));
    }

    @Bean
    @ConditionalOnMissingBean
    WatchedRecords watchedRecords(Catalogs catalogs, HookedRewriters rewriters, ReadPipeline reads,
            QueryExecutor executor, Clock clock) {
        return new WatchedPipeline(catalogs, new ReadPlanner(rewriters), reads, executor, clock);
    }

    @Bean
    Seeding seeding(Records records, Databases databases, Catalogs catalogs, RuntimeProperties properties,
            Clock clock) {
        return new Seeding(new SeedLoader(records, databases.worker(), clock), catalogs, properties.demoData());
    }

    @Bean
    VersionStore versionStore(Databases databases) {
        return new VersionStore(databases.worker());
    }

    @Bean
    MetadataEditing metadataEditing(EditedMetadata metadata, VersionStore versions, Catalogs catalogs) {
        return new MetadataEditor(metadata, versions, catalogs);
    }

    @Bean
    EditedMetadata editedMetadata(MetadataPublisher publisher, EditedLayer layer, Catalogs catalogs,
            SchemaPublisher schema, Seeding seeding, VersionStore versions, Databases databases,
            ObjectProvider<MetadataListener> listeners, Clock clock) {
        return new EditedMetadata(publisher, layer, catalogs, schema, seeding::load, versions,
                databases.direct(), listeners.orderedStream().toList(), clock);
    }

    /** Before the metadata is published, so that what was edited is part of the first snapshot. */
    @Bean
    PhasedLifecycle editedMetadataOpening(EditedMetadata metadata) {
        return new PhasedLifecycle(PhasedLifecycle.ADDED_PLUGINS_OPENING, true, metadata::open, () -> {});
    }

    @Bean
    PhasedLifecycle editedMetadataWatch(EditedMetadata metadata, Databases databases) {
        var watch = new EditWatch(metadata, databases.direct());
        return new PhasedLifecycle(PhasedLifecycle.ADDED_PLUGINS, true, watch::start, watch::stop);
    }

    @Bean
    PhasedLifecycle runtimeLifecycle(MetadataPublisher publisher, Seeding seeding, PluginRegistry plugins,
            ObjectProvider<PlatformPlugin> code, MetadataProperties metadata, BootTimeline boot) {
        var sequence = new BootSequence(publisher, seeding, plugins, code.orderedStream().toList(), metadata, boot);
        return new PhasedLifecycle(PhasedLifecycle.BOOT_SEQUENCE, true, sequence::start, sequence::stop);
    }

    @Bean
    ReadyNotice readyNotice(ObjectProvider<Announcement> announcements) {
        return new ReadyNotice(announcements.orderedStream().toList(), System.out);
    }

    @Bean
    AddressFile addressFile(RuntimeProperties properties) {
        return new AddressFile(properties.home());
    }
}
