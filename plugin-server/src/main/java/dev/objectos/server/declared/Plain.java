package dev.objectos.server.declared;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values of expressions as JSON has them. */
final class Plain {

    private Plain() {}

    static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case UUID id -> id.toString();
            case Instant moment -> moment.toString();
            case LocalDate day -> day.toString();
            case LocalTime time -> time.toString();
            case List<?> list -> list.stream().map(Plain::value).collect(Collectors.toList());
            case null, default -> value;
        };
    }
}
