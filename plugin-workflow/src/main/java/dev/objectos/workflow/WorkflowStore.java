package dev.objectos.workflow;

import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.workflow.definition.Workflows;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What workflows keep in the database, as the platform's own login sees it; every question names the tenant. */
public final class WorkflowStore {

    private static final JsonMapper JSON = new JsonMapper();

    private static final String SAVE = """
            INSERT INTO platform.workflow_definition AS d (name, version, object, content)
            VALUES ({0}, {1}, {2}, {3}::jsonb)
            ON CONFLICT (name, version) DO UPDATE SET object = excluded.object, content = excluded.content,
                published_at = now()
            WHERE d.content <> excluded.content OR d.object <> excluded.object""";

    private static final String DEFINITION = """
            SELECT object, content::text FROM platform.workflow_definition WHERE name = {0} AND version = {1}""";

    private static final String STARTED = """
            SELECT coalesce(
                (SELECT entry FROM platform.workflow_instance WHERE tenant_id = {0} AND object = {1} AND record_id = {2}
                 ORDER BY id DESC LIMIT 1),
                (SELECT entry FROM platform.workflow_history WHERE tenant_id = {0} AND object = {1} AND record_id = {2}
                 ORDER BY id LIMIT 1))::text""";

    private static final String HISTORY = """
            SELECT at, actor, entry::text FROM platform.workflow_history
            WHERE tenant_id = {0} AND object = {1} AND record_id = {2} ORDER BY id DESC LIMIT {3}""";

    /** Records go round in circles for years; somebody who looks sees the latest. */
    private static final int MOST_HISTORY = 500;

    private static final String EFFECTS_OF_CREATION = """
            SELECT entry::text FROM platform.workflow_instance
            WHERE tenant_id = {0} AND object = {1} AND record_id = {2} ORDER BY id DESC LIMIT 1""";

    private static final String EFFECTS_OF_TRANSITION = """
            SELECT entry::text FROM platform.workflow_history
            WHERE tenant_id = {0} AND object = {1} AND record_id = {2} AND record_version = {3}""";

    private final DSLContext sql;
    private final Map<StartedBy, Optional<MetadataItem>> definitions = new ConcurrentHashMap<>();

    /** @param worker connections of the role that does the platform's own work */
    public WorkflowStore(DataSource worker) {
        this.sql = DSL.using(worker, SQLDialect.POSTGRES);
    }

    /**
     * A transition that was taken.
     *
     * @param actor null: the platform itself
     */
    record Taken(OffsetDateTime at, @Nullable UUID actor, JsonNode entry) {}

    /** Keeps a version as it is published now. */
    void save(MetadataItem item, int version) {
        sql.execute(SAVE, DSL.val(item.name()), DSL.val(version), DSL.val(item.object()),
                DSL.val(JSON.writeValueAsString(item.content())));
        definitions.clear();
    }

    /** A version as it was last published. */
    Optional<MetadataItem> definition(StartedBy version) {
        return definitions.computeIfAbsent(version, this::load);
    }

    private Optional<MetadataItem> load(StartedBy version) {
        return sql.resultQuery(DEFINITION, DSL.val(version.workflow()), DSL.val(version.version()))
                .fetchOptional(row -> item(version, row));
    }

    @SuppressWarnings("unchecked") // the content of a workflow is a map
    private static MetadataItem item(StartedBy version, Record row) {
        var content = (Map<String, Object>) JSON.readValue(row.get(1, String.class), Map.class);
        return new MetadataItem(Workflows.TYPE, version.workflow(), row.get(0, String.class),
                new LinkedHashMap<>(content), List.of(), "",
                new SourceLocation(version.workflow() + ", version " + version.version(), 0, 0));
    }

    /** What a record runs by; null: it was there before its workflow and has taken no transition yet. */
    @Nullable
    StartedBy startedBy(UUID tenant, String object, UUID record) {
        String entry = sql.resultQuery(STARTED, DSL.val(tenant), DSL.val(object), DSL.val(record)).fetchSingle(0,
                String.class);
        if (entry == null) {
            return null;
        }
        JsonNode started = JSON.readTree(entry);
        return new StartedBy(started.path("workflow").asString(), started.path("version").asInt());
    }

    /** The transitions that a record has taken, oldest first; of very many the latest. */
    List<Taken> history(UUID tenant, String object, UUID record) {
        return sql.resultQuery(HISTORY, DSL.val(tenant), DSL.val(object), DSL.val(record), DSL.val(MOST_HISTORY))
                .fetch(row -> new Taken(row.get(0, OffsetDateTime.class), row.get(1, UUID.class),
                        JSON.readTree(row.get(2, String.class)))).reversed();
    }

    /** What is to follow from the creation of a record. */
    List<Effect> effectsOfCreation(UUID tenant, String object, UUID record) {
        return effects(sql.resultQuery(EFFECTS_OF_CREATION, DSL.val(tenant), DSL.val(object), DSL.val(record))
                .fetch(0, String.class));
    }

    /** What is to follow from the change that made this version of a record; nothing where it was no transition. */
    List<Effect> effectsOfTransition(UUID tenant, String object, UUID record, long version) {
        return effects(sql.resultQuery(EFFECTS_OF_TRANSITION, DSL.val(tenant), DSL.val(object), DSL.val(record),
                DSL.val(version)).fetch(0, String.class));
    }

    private static List<Effect> effects(List<String> entries) {
        var effects = new ArrayList<Effect>();
        for (String entry : entries) {
            for (JsonNode effect : JSON.readTree(entry).path("effects")) {
                effects.add(new Effect(effect.path("type").asString(),
                        effect.path("to").valueStream().map(JsonNode::asString).toList(),
                        effect.path("title").asString(), effect.path("message").asString()));
            }
        }
        return effects;
    }
}
