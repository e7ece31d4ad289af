package dev.objectos.runtime.action;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.action.ObjectActions.CompiledAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.RecordDocument;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.service.ServiceNeed;
import dev.objectos.runtime.service.Services;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ActionCall;
import dev.objectos.runtime.spi.ActionHandler;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecordValues;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs actions: who may, with what, and then whatever does it. */
public final class ActionRunner implements Actions {

    private static final int TRIES = 5;

    private final Catalogs catalogs;
    private final Records records;
    private final GivenParameters parameters;
    private final ObjectRights objects;
    private final Supplier<ActionRights> rights;
    private final ActionHandlers handlers;
    private final Services services;
    private final Clock clock;

    public ActionRunner(Catalogs catalogs, Records records, ObjectRights objects, Supplier<ActionRights> rights,
            ActionHandlers handlers, Services services, Clock clock) {
        this.catalogs = catalogs;
        this.records = records;
        this.parameters = new GivenParameters(records);
        this.objects = objects;
        this.rights = rights;
        this.handlers = handlers;
        this.services = services;
        this.clock = clock;
    }

    @Override
    public @Nullable Object run(String object, String name, @Nullable UUID record,
            Map<String, @Nullable Object> params, Session session) {
        Catalog catalog = catalogs.current();
        CompiledAction action = find(catalog, object, name);
        requireRecord(action, record);
        if (record != null) {
            // Nobody learns of the actions of a record that they do not see.
            records.get(new RecordQuery(action.object().name(), record, List.of(FieldPath.of(SystemFields.ID)),
                    List.of()), session);
        }
        var around = new RecordValues(catalog, action.object(), record, Map.of(), records, session, clock.instant());
        refusal(action, session, catalog, around).ifPresent(because -> {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, because).about(action.object().name());
        });
        Map<String, @Nullable Object> given = new HashMap<>(params);
        action.defaults().forEach(
                (param, value) -> given.computeIfAbsent(param, _ -> FieldValues.json(value.evaluate(around))));
        Map<String, @Nullable Object> values = parameters.read(action.object(), action.definition().params(), given,
                session);
        rights.get().count(action.object(), name, session, catalog);
        var call = new ActionCall(action.object().name(), name, record, values, session);
        return switch (action.handling()) {
            case Handling.Described _ -> throw new PlatformException(RuntimeError.NOT_IMPLEMENTED,
                    action.definition().label() + " has no handler; it only describes what others do")
                    .about(action.object().name());
            case Handling.Updates updates -> update(updates, action, call, catalog);
            case Handling.ByName(String handler) -> call(handlers.named(handler)
                    .orElseThrow(() -> gone(action, "the handler \"" + handler + "\"")), call);
            case Handling.ByService service -> {
                var reference = services
                        .find(new ServiceNeed<>(ActionHandler.class, service.capability(), service.range()))
                        .orElseThrow(() -> gone(action, "the service \"" + service.capability() + "\""));
                try (reference) {
                    yield call(reference.service(), call);
                }
            }
        };
    }

    @Override
    public boolean admits(ObjectDefinition object, String action, Session session, Catalog catalog) {
        return names(object, action, session, catalog)
                && rights.get().refusal(object, action, session, catalog, _ -> true).isEmpty();
    }

    @Override
    public boolean names(ObjectDefinition object, String action, Session session, Catalog catalog) {
        return ObjectActions.of(catalog).find(object, action).filter(known -> permitted(known, session, catalog))
                .isPresent();
    }

    @Override
    public boolean updates(ObjectDefinition object, String action, Catalog catalog) {
        return ObjectActions.of(catalog).find(object, action)
                .filter(known -> known.handling() instanceof Handling.Updates).isPresent();
    }

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return ObjectActions.of(catalog).none()
                ? Set.of()
                : List.of(session.platformAdministrator(), rights.get().roles(session, catalog));
    }

    private static CompiledAction find(Catalog catalog, String object, String name) {
        ObjectDefinition known = catalog.object(object)
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no such object")
                        .about(object));
        return ObjectActions.of(catalog).find(known, name)
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                        "There is no action \"" + name + "\" of " + known.name()).about(known.name()));
    }

    private static void requireRecord(CompiledAction action, @Nullable UUID record) {
        if (action.definition().onRecord() && record == null) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    action.definition().label() + " is run on a record; give its \"recordId\"")
                    .about(action.object().name());
        }
        if (!action.definition().onRecord() && record != null) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    action.definition().label() + " is run on no record; leave \"recordId\" out")
                    .about(action.object().name());
        }
    }

    private Optional<String> refusal(CompiledAction action, Session session, Catalog catalog, RecordValues record) {
        return permitted(action, session, catalog)
                ? rights.get().refusal(action.object(), action.definition().name(), session, catalog,
                        expression -> expression.evaluate(record))
                : Optional.of("You may not run " + action.definition().label());
    }

    /** A global action of an object that somebody may not even read is for those alone whom it names. */
    private boolean permitted(CompiledAction action, Session session, Catalog catalog) {
        if (session.platformAdministrator()) {
            return true;
        }
        Set<String> held = rights.get().roles(session, catalog);
        return action.roles().isEmpty()
                ? objects.of(action.object(), session, catalog).readable()
                : action.roles().stream().anyMatch(held::contains);
    }

    /** What is written is computed from what is stored; where that changes meanwhile, it is computed again. */
    private RecordDocument update(Handling.Updates updates, CompiledAction action, ActionCall call, Catalog catalog) {
        UUID id = java.util.Objects.requireNonNull(call.record());
        for (int attempt = 1;; attempt++) {
            var record = new RecordValues(catalog, action.object(), id, call.params(), records, call.session(),
                    clock.instant());
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            updates.values().forEach((field, value) -> values.put(field, FieldValues.json(value(value, record))));
            Long version = record.version();
            try {
                return records.update(new Mutation.Update(action.object().name(), id, values,
                        version == null ? null : new Expected.Version(version)), call.session());
            } catch (PlatformException e) {
                if (e.code() != RuntimeError.CONCURRENT_UPDATE || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private static @Nullable Object value(Handling.Value value, RecordValues record) {
        return switch (value) {
            case Handling.Value.Constant(Object constant) -> constant;
            case Handling.Value.Computed(var expression) -> expression.evaluate(record);
            case Handling.Value.Filled(List<Handling.Piece> pieces) -> {
                var text = new StringBuilder();
                for (Handling.Piece piece : pieces) {
                    text.append(piece.text());
                    Object filled = piece.expression() == null ? null : piece.expression().evaluate(record);
                    if (filled != null) {
                        text.append(FieldValues.json(filled));
                    }
                }
                yield text.toString();
            }
        };
    }

    private static @Nullable Object call(ActionHandler handler, ActionCall call) {
        try {
            return handler.run(call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new PlatformException(RuntimeError.PLUGIN_FAILED,
                    "The handler of the action " + call.action() + " failed", e);
        }
    }

    private static PlatformException gone(CompiledAction action, String what) {
        return new PlatformException(RuntimeError.UNAVAILABLE, action.definition().label() + " needs " + what
                + ", which is not there at the moment; add or enable the plugin that brings it")
                .about(action.object().name());
    }
}
