package dev.objectos.runtime.plan;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.query.Expected;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * From a mutation to a plan that may be executed. First a draft: names and types, and who may at all; then, beside the
 * stored record where a rule asks for it, defaults, interceptors and rules.
 */
public final class MutationPlanner {

    private final List<MutationInterceptor> interceptors;
    private final FieldViews views;
    private final ChangeRights rights;
    private final SecretValues secrets;
    private final RecordIds ids;
    private final Clock clock;

    /**
     * @param views what writers see of the fields that they may write
     * @param rights what they may change
     */
    public MutationPlanner(List<MutationInterceptor> interceptors, FieldViews views, ChangeRights rights,
            SecretValues secrets, Clock clock) {
        this.views = views;
        this.interceptors = interceptors.stream().sorted(Comparator.comparingInt(MutationInterceptor::order)).toList();
        this.rights = rights;
        this.secrets = secrets;
        this.ids = new RecordIds(clock);
        this.clock = clock;
    }

    /** @throws PlatformException {@code OBJECT_NOT_FOUND} */
    public static ObjectDefinition object(Catalog catalog, String name) {
        return catalog.object(name).orElseThrow(
                () -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no object \"" + name + "\"")
                        .about(name));
    }

    public Draft create(Catalog catalog, Mutation.Create mutation, Session session) {
        UUID id = mutation.id() == null ? ids.next() : mutation.id();
        return draft(catalog, ChangeAction.CREATE, object(catalog, mutation.object()), id, mutation.values(), null,
                session);
    }

    public Draft update(Catalog catalog, Mutation.Update mutation, Session session) {
        return draft(catalog, ChangeAction.UPDATE, object(catalog, mutation.object()), mutation.id(),
                mutation.values(), mutation.expected(), session);
    }

    public Draft delete(Catalog catalog, Mutation.Delete mutation, Session session) {
        return draft(catalog, ChangeAction.DELETE, object(catalog, mutation.object()), mutation.id(), Map.of(),
                mutation.expected(), session);
    }

    /** The return of a record from the recycle bin. */
    public Draft restore(Catalog catalog, String object, UUID id, Session session) {
        return draft(catalog, ChangeAction.RESTORE, object(catalog, object), id, Map.of(), null, session);
    }

    /** A change that follows from the deletion, or the return, of another record; values have their Java forms. */
    public Draft consequence(Catalog catalog, ChangeAction action, ObjectDefinition object, UUID id,
            Map<String, @Nullable Object> values, Session session) {
        var draft = new Draft(catalog, action, object, id, session, now(), null, true, values.keySet(),
                new LinkedHashMap<>(values), view(object, session, catalog));
        admit(draft);
        return draft;
    }

    /** What the session sees of the object's fields; others it cannot write, and they are not named to it. */
    public FieldView view(ObjectDefinition object, Session session, Catalog catalog) {
        return views.of(object, session, catalog);
    }

    /** Whether anybody may have something to say about changes at the moment. */
    public boolean intercepted() {
        return interceptors.stream().anyMatch(interceptor -> !interceptor.idle());
    }

    /** Whether a field's value goes along where a record is copied, as far as interceptors are concerned. */
    public boolean copies(ObjectDefinition object, FieldDefinition field) {
        return interceptors.stream().allMatch(interceptor -> interceptor.copies(object, field));
    }

    /** The fields that the session may not write by such a change. */
    public Set<String> locked(ObjectDefinition object, ChangeAction action, Session session, Catalog catalog) {
        return rights.locked(object, action, session, catalog);
    }

    /** Refuses who may neither create nor update records of the object, before it is known what an upsert is. */
    public void admitUpsert(ObjectDefinition object, boolean creates, Session session, Catalog catalog) {
        if (!creates) {
            rights.admit(object, ChangeAction.UPDATE, session, catalog);
            return;
        }
        try {
            rights.admit(object, ChangeAction.CREATE, session, catalog);
        } catch (PlatformException e) {
            if (e.code() != RuntimeError.PERMISSION_DENIED) {
                throw e;
            }
            rights.admit(object, ChangeAction.UPDATE, session, catalog);
        }
    }

    private Draft draft(Catalog catalog, ChangeAction action, ObjectDefinition object, UUID id,
            Map<String, @Nullable Object> raw, @Nullable Expected expected, Session session) {
        if (object.global() && !session.platformAdministrator()) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    object.label() + " is shared by all tenants and changed by platform administrators only")
                    .about(object.name());
        }
        var values = new LinkedHashMap<String, @Nullable Object>();
        FieldView view = view(object, session, catalog);
        Set<String> named = known(raw.keySet(), object, view);
        var draft = new Draft(catalog, action, object, id, session, now(), expected, false, named, values, view);
        rights.admit(object, action, session, catalog);
        admit(draft);
        if (object.view()) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    object.name() + " shows what the platform stores; its records are not written here")
                    .about(object.name());
        }
        values.putAll(FieldInput.read(draft, raw));
        refuseLocked(draft, named);
        boolean needed = switch (action) {
            case CREATE -> false;
            case UPDATE -> previousWanted(draft)
                    || WriteRules.of(catalog).object(object).needPrevious(values.keySet())
                    || SummaryGraph.of(catalog).touches(object, values.keySet());
            case RESTORE -> true;
            case DELETE -> previousWanted(draft) || !SummaryGraph.of(catalog).over(object).isEmpty();
        };
        if (needed) {
            draft.needPrevious();
        }
        if (FileChecks.concern(draft)
                || interceptors.stream().anyMatch(interceptor -> interceptor.needsTransaction(draft))) {
            draft.needTransaction();
        }
        return draft;
    }

    /**
     * Judges the change and makes its plan.
     *
     * @param previous the stored record, locked; null for a creation and where the draft does not need it
     * @throws PlatformException {@code VALIDATION_FAILED} with everything that is wrong, or what an interceptor says
     */
    public MutationPlan complete(Draft draft, @Nullable Map<String, @Nullable Object> previous, Catalog catalog,
            RelatedRecords related) {
        draft.previous(previous);
        draft.within(new DraftTransaction(catalog, related));
        boolean readable = draft.errors().isEmpty();
        var rules = new RuleCheck(catalog, draft, related);
        if (draft.action() == ChangeAction.CREATE) {
            rules.applyDefaults();
        }
        if (readable) {
            interceptors.forEach(interceptor -> interceptor.before(draft));
        }
        if (draft.action() == ChangeAction.DELETE || draft.action() == ChangeAction.RESTORE) {
            draft.errors().throwIfAny();
            return new MutationPlan(draft, Map.of());
        }
        rules.checkFields();
        if (readable && !draft.consequence()) {
            rules.checkRules();
        }
        rules.checkReferences();
        rules.checkFiles();
        draft.errors().throwIfAny();
        return new MutationPlan(draft, draft.action() == ChangeAction.CREATE ? row(draft) : changed(draft));
    }

    /** Of some names those of fields, as far as the writer can tell. */
    private static Set<String> known(Set<String> names, ObjectDefinition object, FieldView view) {
        return names.stream().allMatch(name -> view.has(object, name))
                ? names
                : names.stream().filter(name -> view.has(object, name)).collect(Collectors.toUnmodifiableSet());
    }

    private void refuseLocked(Draft draft, Set<String> named) {
        ObjectDefinition object = draft.object();
        if (named.isEmpty()) {
            return;
        }
        Set<String> locked = rights.locked(object, draft.action(), draft.session(), draft.catalog());
        List<FieldDefinition> refused = object.fields().values().stream()
                .filter(field -> named.contains(field.name())
                        && (locked.contains(field.name()) || draft.view().masked().containsKey(field.name())))
                .toList();
        if (!refused.isEmpty()) {
            // What is no request that anybody could make comes before what this one may not.
            draft.errors().throwIfAny();
            String labels = refused.stream().map(FieldDefinition::label).collect(Collectors.joining(", "));
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "You may not " + (draft.action() == ChangeAction.CREATE ? "set " : "change ") + labels + " of "
                            + object.label())
                    .about(object.name()).withFields(refused.stream().map(field -> new FieldError(field.name(),
                            "forbidden", "You may not write " + field.label(),
                            Map.of(FieldError.LABEL, field.label()))).toList());
        }
    }

    private boolean previousWanted(MutationDraft draft) {
        return interceptors.stream().anyMatch(interceptor -> interceptor.needsPrevious(draft));
    }

    private void admit(MutationDraft draft) {
        interceptors.forEach(interceptor -> interceptor.admit(draft));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** One shape for all creations of an object: every stored field, so that the database plans one statement. */
    private Map<String, @Nullable Object> row(Draft draft) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (FieldDefinition field : draft.object().fields().values()) {
            if (bound(field)) {
                row.put(field.name(), field.type() instanceof FieldType.Summary summary
                        ? empty(summary)
                        : stored(draft, field, draft.values().get(field.name())));
            }
        }
        return row;
    }

    /** Whether a creation binds the field itself: the platform's own columns and numbers are filled by the statement. */
    public static boolean bound(FieldDefinition field) {
        return field.stored() && !(field.type() instanceof FieldType.AutoNumber)
                && !SystemFields.RESERVED.contains(field.name());
    }

    /** What a summary is of a record that nothing belongs to. */
    static @Nullable Object empty(FieldType.Summary summary) {
        return switch (summary.function()) {
            case COUNT -> 0L;
            case SUM -> BigDecimal.ZERO;
            case MIN, MAX, AVG -> null;
        };
    }

    private Map<String, @Nullable Object> changed(Draft draft) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (FieldDefinition field : draft.object().fields().values()) {
            if (draft.values().containsKey(field.name())) {
                row.put(field.name(), stored(draft, field, draft.values().get(field.name())));
            }
        }
        return row;
    }

    private @Nullable Object stored(Draft draft, FieldDefinition field, @Nullable Object value) {
        return switch (field.type()) {
            case FieldType.Password _ when value instanceof String password -> secrets.hash(password);
            case FieldType.Secret _ when value instanceof String secret ->
                secrets.seal(secret, draft.id(), field.id());
            default -> value;
        };
    }

    /** Fields whose values no event, audit entry or answer may hold. */
    public static boolean concealed(FieldDefinition field) {
        return field.type() instanceof FieldType.Password || field.type() instanceof FieldType.Secret;
    }
}
