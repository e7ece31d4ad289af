package dev.objectos.permissions;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.permissions.share.Access;
import dev.objectos.permissions.share.Grantee;
import dev.objectos.permissions.share.Share;
import dev.objectos.permissions.share.Shares;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RoleDirectory;
import dev.objectos.runtime.spi.RowFilter;
import dev.objectos.runtime.spi.SecurityEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opening single records to others: whoever may change a record may share it, as far as their own rights go. */
public final class RecordSharing {

    private static final String INVALID = "invalid";

    private final Catalogs catalogs;
    private final RightsByCatalog rights;
    private final Records records;
    private final RecordFilters filters;
    private final RoleDirectory roles;
    private final Shares shares;
    private final Consumer<SecurityEvent> events;
    private final Clock clock;

    /** @param events is told of every record that is opened or closed */
    public RecordSharing(Catalogs catalogs, RightsByCatalog rights, Records records, RecordFilters filters,
            RoleDirectory roles, Shares shares, Consumer<SecurityEvent> events, Clock clock) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.records = records;
        this.filters = filters;
        this.roles = roles;
        this.shares = shares;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Whom a record is open to.
     *
     * @throws PlatformException {@code RECORD_NOT_FOUND}; {@code PERMISSION_DENIED} for whoever may not share it
     */
    public List<Share> of(String object, UUID record, Session session) {
        ObjectDefinition definition = shareable(object, record, session);
        return shares.of(session.tenant(), definition.name(), record, clock.instant());
    }

    /**
     * Opens a record to the holders of a role, or to a user.
     *
     * @param until null: for good
     * @throws PlatformException as above; {@code VALIDATION_FAILED} where the object's records are not shared one by one,
     *         not so far, not until then, or where nobody is whom it is to be opened to
     */
    public Share share(String object, UUID record, Grantee grantee, Access access, @Nullable Instant until,
            Session session) {
        ObjectDefinition definition = shareable(object, record, session);
        Instant now = clock.instant();
        var errors = new ArrayList<FieldError>();
        if (!Permissions.of(catalogs.current()).of(definition).sharedByHand().containsAll(access.operations())) {
            errors.add(new FieldError("access", INVALID,
                    "Single " + definition.pluralLabel() + " are not shared for " + access.word()));
        }
        if (until != null && !until.isAfter(now)) {
            errors.add(new FieldError("expiresAt", INVALID, "expiresAt has passed already"));
        }
        unknown(grantee, session).ifPresent(errors::add);
        if (!errors.isEmpty()) {
            throw PlatformException.validation(errors);
        }
        for (Operation operation : access.operations()) {
            requireOwn(operation, definition, record, until, session);
        }
        UUID by = session.userId();
        Share added = shares.add(session.tenant(),
                new Share(record, definition.name(), record, grantee, access, by, now, until));
        tell("record.shared", added, session);
        return added;
    }

    /**
     * Ends a share.
     *
     * @throws PlatformException {@code RESOURCE_NOT_FOUND}, and as above
     */
    public void end(UUID id, Session session) {
        Share share = shares.find(session.tenant(), id).orElseThrow(RecordSharing::unknown);
        try {
            shareable(share.object(), share.record(), session);
        } catch (PlatformException e) {
            // Nobody learns of shares of records that they do not see.
            throw e.code() == RuntimeError.PERMISSION_DENIED ? e : unknown();
        }
        shares.remove(session.tenant(), id);
        tell("record.unshared", share, session);
    }

    private static PlatformException unknown() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such share");
    }

    private ObjectDefinition shareable(String object, UUID record, Session session) {
        Catalog catalog = catalogs.current();
        ObjectDefinition definition = catalog.object(object)
                .orElseThrow(() -> new PlatformException(RuntimeError.OBJECT_NOT_FOUND, "There is no object " + object)
                        .about(object));
        records.get(new RecordQuery(definition.name(), record, List.of(FieldPath.of("id")), List.of()), session);
        if (!session.may(SystemPermission.MANAGE_SHARING)
                && !reaches(definition, Operation.UPDATE, record, session)) {
            throw denied("Only who may update this " + definition.label() + " may share it", definition);
        }
        return definition;
    }

    /** Nobody gives more than they have, nor for longer. */
    private void requireOwn(Operation operation, ObjectDefinition object, UUID record, @Nullable Instant until,
            Session session) {
        HeldRights held = rights.of(catalogs.current()).on(object, session);
        if (!reaches(object, operation, record, session)) {
            throw denied("You may not share more than you may do yourself", object);
        }
        if (passes(held.unshared(operation), object, record, session)) {
            return;
        }
        List<Share> opening = opening(operation, object, record, session);
        if (opening.isEmpty()) {
            throw denied("This " + object.label() + " is open to you with what it belongs to; share that instead",
                    object);
        }
        if (opening.stream().map(Share::expiresAt)
                .noneMatch(end -> end == null || until != null && !until.isAfter(end))) {
            throw denied("This " + object.label() + " is open to you for a while only; share it for no longer",
                    object);
        }
    }

    /** The shares by which somebody may do something with a record. */
    private List<Share> opening(Operation operation, ObjectDefinition object, UUID record, Session session) {
        List<Object> grantees = rights.of(catalogs.current()).grantees(session);
        return shares.of(session.tenant(), object.name(), record, clock.instant()).stream()
                .filter(share -> share.access().operations().contains(operation)
                        && grantees.contains(share.grantee().written()))
                .toList();
    }

    private static PlatformException denied(String message, ObjectDefinition object) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED, message).about(object.name());
    }

    private boolean passes(RowFilter filter, ObjectDefinition object, UUID record, Session session) {
        return !filters.passing(object.name(), List.of(record), filter, session).isEmpty();
    }

    private boolean reaches(ObjectDefinition object, Operation operation, UUID record, Session session) {
        HeldRights held = rights.of(catalogs.current()).on(object, session);
        return held.may(operation) && passes(held.rows(operation), object, record, session);
    }

    /** In the same words for a user whom the session does not see, such as one of another organization, and for none. */
    private Optional<FieldError> unknown(Grantee grantee, Session session) {
        return switch (grantee) {
            case Grantee.Role(String name) -> roles.knows(name)
                    ? Optional.empty()
                    : Optional.of(new FieldError("role", "unknown", "There is no role " + name));
            case Grantee.User(UUID id) -> records.sees(Catalog.USER, id, session)
                    ? Optional.empty()
                    : Optional.of(new FieldError("user", "invalid_reference",
                            "user refers to a record that does not exist"));
        };
    }

    private void tell(String action, Share share, Session session) {
        UserIdentity impersonator = session.impersonator();
        events.accept(new SecurityEvent(action, clock.instant(), null, session.tenant(), session.userId(),
                impersonator == null ? null : impersonator.id(), null, null,
                Map.of("object", share.object(), "record", share.record().toString(), "grantee",
                        share.grantee().written(),
                        "access", share.access().word())));
    }
}
