package dev.objectos.runtime.hook;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.pipeline.RecordPipeline;
import dev.objectos.runtime.query.JsonDocument;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.CurrentCatalog;
import dev.objectos.runtime.spi.Find;
import dev.objectos.runtime.spi.RecordHook.Point;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stands behind reads for the hooks after them. */
public final class FindHooks implements RecordPipeline.Observer {

    private final Hooks hooks;
    private final CurrentCatalog catalog;

    public FindHooks(Hooks hooks, CurrentCatalog catalog) {
        this.hooks = hooks;
        this.catalog = catalog;
    }

    @Override
    public boolean watches(String object) {
        List<JoinedRecordHook> observers = hooks.at(Point.AFTER_FIND);
        return !observers.isEmpty() && observers.stream().anyMatch(hook -> hook.concerns(name(object)));
    }

    @Override
    public void found(String object, @Nullable UUID record, JsonDocument answer, Session session) {
        List<JoinedRecordHook> observers = hooks.at(Point.AFTER_FIND);
        if (observers.isEmpty()) {
            return;
        }
        String name = name(object);
        var find = new Find(name, record, session);
        for (JoinedRecordHook hook : observers) {
            if (hook.concerns(name)) {
                hook.caller().tell(hook.name(), "after a find of " + name, () -> {
                    hook.hook().afterFind(find, answer);
                    return true;
                });
            }
        }
    }

    private String name(String object) {
        return catalog.get().object(object).map(ObjectDefinition::name).orElse(object);
    }
}
