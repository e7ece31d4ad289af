package dev.objectos.audit;

import dev.objectos.audit.entry.EntryCursor;
import dev.objectos.audit.entry.EntryQuery;
import dev.objectos.audit.view.Readers;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.Session;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parameters of a request, each known, given once and of the right form. */
final class EventParameters {

    /** What entries are chosen by. */
    private static final Set<String> FILTERS = Set.of("object", "record", "user", "action", "from", "to");

    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Map<String, String> given;

    EventParameters(Map<String, String> given) {
        this.given = given;
    }

    /** The names of those by which entries are chosen. */
    List<String> filters() {
        return given.keySet().stream().filter(FILTERS::contains).sorted().toList();
    }

    EntryQuery query(Session session) {
        Instant from = moment("from", false, session);
        Instant to = moment("to", true, session);
        return new EntryQuery(Readers.tenants(session), text("object"), id("record"), id("user"), text("action"), null,
                from, to, cursor());
    }

    @Nullable
    EntryCursor cursor() {
        String text = text("cursor");
        return text == null ? null : EntryCursor.parse(text);
    }

    int limit() {
        String text = text("limit");
        if (text == null) {
            return USUAL;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw invalid("limit must be a whole number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }

    @Nullable
    String text(String name) {
        String value = given.get(name);
        if (value != null && value.isBlank()) {
            throw invalid(name + " is empty; leave it out instead");
        }
        return value;
    }

    /** An instant, or a day in the caller's time zone: its beginning, or its end where it is meant to be included. */
    @Nullable
    Instant moment(String name, boolean end, Session session) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            if (text.length() == "2026-01-31".length()) {
                return LocalDate.parse(text).plusDays(end ? 1 : 0).atStartOfDay(session.zone()).toInstant();
            }
            // A plus that nobody encoded arrives as a space.
            Instant moment = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (Math.abs(moment.getEpochSecond()) < Instant.parse("9999-01-01T00:00:00Z").getEpochSecond()) {
                return moment;
            }
        } catch (DateTimeException _) {
            // Said below, in words.
        }
        throw invalid(name + " must be a date such as 2026-01-31, or an instant such as 2026-01-31T12:00:00Z");
    }

    @Nullable
    UUID id(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        if (!FieldValues.isId(text)) {
            throw invalid(name + " must be an id");
        }
        return UUID.fromString(text);
    }

    private static PlatformException invalid(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
