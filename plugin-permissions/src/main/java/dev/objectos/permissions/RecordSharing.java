package dev.objectos.permissions;

import dev.objectos.permissions.definition.ObjectPermissions;
import dev.objectos.permissions.definition.Operation;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.rights.HeldRights;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.permissions.share.Access;
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
import dev.objectos.runtime.spi.SecurityEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opening single records to others: whoever may change a record may share it, as far as their own rights go. */
public final class RecordSharing {

    private final Catalogs catalogs;
    private final RightsByCatalog rights;
    private final Records records;
    private final RecordFilters filters;
    private final Shares shares;
    private final Consumer<SecurityEvent> events;
    private final Clock clock;

    /** @param events is told of every record that is opened or closed */
    public RecordSharing(Catalogs catalogs, RightsByCatalog rights, Records records, RecordFilters filters,
            Shares shares, Consumer<SecurityEvent> events, Clock clock) {
        this.catalogs = catalogs;
        this.rights = rights;
        this.records = records;
        this.filters = filters;
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
     * @param grantee see {@link Share#user} and {@link Share#role}
     * @param until null: for good
     * @throws PlatformException as above; {@code VALIDATION_FAILED} where the object's records are not shared one by one,
     *         not so far, or not until then
     */
    public Share share(String object, UUID record, String grantee, Access access, @Nullable Instant until,
            Session session) {
        ObjectDefinition definition = shareable(object, record, session);
        ObjectPermissions permissions = Permissions.of(catalogs.current()).of(definition);
        Instant now = clock.instant();
        if (!permissions.sharedByHand().containsAll(access.operations())) {
            throw refused("access", "Single " + definition.pluralLabel() + " are not shared for " + access.word());
        }
        if (until != null && !until.isAfter(now)) {
            throw refused("expiresAt", "expiresAt has passed already");
        }
        for (Operation operation : access.operations()) {
            if (!reaches(definition, operation, record, session)) {
                throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                        "You may not share more than you may do yourself").about(definition.name());
            }
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
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "Only who may update this " + definition.label() + " may share it").about(definition.name());
        }
        return definition;
    }

    private boolean reaches(ObjectDefinition object, Operation operation, UUID record, Session session) {
        HeldRights held = rights.of(catalogs.current()).on(object, session);
        return held.may(operation)
                && !filters.passing(object.name(), List.of(record), held.rows(operation), session).isEmpty();
    }

    private static PlatformException refused(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }

    private void tell(String action, Share share, Session session) {
        UserIdentity impersonator = session.impersonator();
        events.accept(new SecurityEvent(action, clock.instant(), null, session.tenant(), session.userId(),
                impersonator == null ? null : impersonator.id(), null, null,
                Map.of("object", share.object(), "record", share.record().toString(), "grantee", share.grantee(),
                        "access", share.access().word())));
    }
}
