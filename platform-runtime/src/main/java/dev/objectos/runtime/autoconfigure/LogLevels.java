package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.spi.LiveSettings;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Lets loggers say more or less while the server runs. */
final class LogLevels implements LiveSettings {

    private static final String PREFIX = "logging.level";

    private final LoggingSystem logging;
    private Map<String, LogLevel> levels;

    /** @param settings as they were at the start */
    LogLevels(LoggingSystem logging, Binder settings) {
        this.logging = logging;
        this.levels = levels(settings);
    }

    @Override
    public List<String> names() {
        return List.of(PREFIX);
    }

    @Override
    public synchronized void apply(Binder settings) {
        Map<String, LogLevel> next = levels(settings);
        levels.keySet().stream().filter(logger -> !next.containsKey(logger))
                .forEach(logger -> logging.setLogLevel(name(logger), null));
        next.forEach((logger, level) -> logging.setLogLevel(name(logger), level));
        levels = next;
    }

    private static Map<String, LogLevel> levels(Binder settings) {
        return settings.bind(PREFIX, Bindable.mapOf(String.class, LogLevel.class)).map(Map::copyOf)
                .orElseGet(Map::of);
    }

    private static String name(String logger) {
        return logger.equalsIgnoreCase(LoggingSystem.ROOT_LOGGER_NAME) ? LoggingSystem.ROOT_LOGGER_NAME : logger;
    }
}
