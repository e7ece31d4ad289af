package dev.objectos.runtime.action;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of expressions as callers of the data API write them. */
final class PlainValues {

    private PlainValues() {}

    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case UUID id -> id.toString();
            case Instant moment -> moment.toString();
            case LocalDate day -> day.toString();
            case LocalTime time -> time.toString();
            case List<?> elements -> {
                var list = new ArrayList<@Nullable Object>();
                elements.forEach(element -> list.add(of(element)));
                yield list;
            }
            case null, default -> value;
        };
    }
}
