package dev.objectos.runtime.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the files of settings read again when they have changed. It looks at their content, for the folder that they are in
 * holds a database too, and a mounted volume tells of nothing.
 */
public final class SettingsWatcher {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsWatcher.class);

    private final ReloadableConfiguration configuration;
    private final Runnable others;
    private final Duration interval;
    private List<String> seen = List.of();
    private @Nullable ScheduledExecutorService looking;

    /** @param interval between two looks */
    public SettingsWatcher(ReloadableConfiguration configuration, ConfigurationFolder others, Duration interval) {
        this(configuration, others::look, interval);
    }

    /** @param others looks at further files */
    SettingsWatcher(ReloadableConfiguration configuration, Runnable others, Duration interval) {
        this.configuration = configuration;
        this.others = others;
        this.interval = interval;
    }

    /** Begins with a look, for a file may have changed since the start. */
    public synchronized void start() {
        ScheduledExecutorService executor = Executors
                .newSingleThreadScheduledExecutor(Thread.ofVirtual().name("settings-watcher").factory());
        var _ = executor.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        looking = executor;
    }

    /** Does nothing where the files are as they were. */
    void look() {
        try {
            List<String> now = contents();
            if (!now.equals(seen)) {
                seen = now;
                configuration.reload();
            }
            others.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The files of settings cannot be looked at: {}", e.getMessage());
        }
    }

    private List<String> contents() throws IOException {
        var contents = new ArrayList<String>();
        for (SettingsFile file : configuration.files()) {
            contents.add(Files.exists(file.path()) ? Files.readString(file.path()) : "");
        }
        return contents;
    }

    public synchronized void stop() {
        if (looking != null) {
            looking.shutdownNow();
            looking = null;
        }
    }
}
