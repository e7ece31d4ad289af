package dev.objectos.auth.provider;

import java.util.Map;
import java.util.Objects;

/**
 * How people may sign in, as {@code auth.config.yml} says.
 *
 * @param sections what each {@link SectionReader} has read, by its type
 */
public record AuthConfiguration(LocalSettings local, Map<Class<?>, Object> sections) {

    public AuthConfiguration {
        sections = Map.copyOf(sections);
    }

    /** What the reader of that type has read. */
    public <T> T get(Class<T> type) {
        return type.cast(Objects.requireNonNull(sections.get(type), () -> "nothing reads " + type));
    }
}
