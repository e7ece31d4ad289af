package dev.objectos.runtime.configuration;

import dev.objectos.runtime.event.ConfigurationChanged;
import dev.objectos.runtime.event.ConfigurationRefused;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.spi.LiveSettings;
import dev.objectos.runtime.spi.ServerConfiguration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.function.SingletonSupplier;

/**
 * The files of settings, read again while the server runs. What the environment holds is always what the server runs with: of
 * a changed file only live settings enter it, the others wait for the next start.
 */
public final class ReloadableConfiguration implements ServerConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ReloadableConfiguration.class);

    private final ConfigurableEnvironment environment;
    private final SettingsFiles files;
    private final SingletonSupplier<KnownSettings> known;
    private final Supplier<List<LiveSettings>> live;
    private final EventBus bus;
    private List<String> refused = List.of();
    private List<String> warned = List.of();
    private List<Waiting> waiting = List.of();

    /**
     * @param records that read settings; asked for once, when they are first needed
     * @param live what may change at run time
     */
    public ReloadableConfiguration(ConfigurableEnvironment environment, Supplier<Collection<Class<?>>> records,
            Supplier<List<LiveSettings>> live, EventBus bus) {
        this.environment = environment;
        this.files = SettingsFiles.in(environment);
        this.known = SingletonSupplier.of(() -> KnownSettings.of(records.get()));
        this.live = live;
        this.bus = bus;
    }

    /** Says in the log what of the files nobody reads. */
    public void start() {
        warn(layers());
    }

    /** Once for as long as they are the same. */
    private synchronized void warn(List<OriginTrackedMapPropertySource> layers) {
        List<String> unknown = SettingsCheck.unknown(layers, known());
        if (!unknown.equals(warned)) {
            unknown.forEach(LOG::warn);
            warned = unknown;
        }
    }

    /** The files, whether they are there or not. */
    List<SettingsFile> files() {
        return files.files();
    }

    @Override
    public synchronized Report report() {
        var problems = new ArrayList<>(refused);
        problems.addAll(SettingsCheck.unknown(layers(), known()));
        return new SettingsReport(environment, known(), this::isLive).report(
                files().stream().map(file -> file.path().toString()).toList(), waiting, problems);
    }

    @Override
    public Map<String, Object> schema() {
        return known().schema();
    }

    @Override
    public synchronized Report reload() {
        List<OriginTrackedMapPropertySource> next;
        try {
            next = files().stream().map(SettingsFile::read).toList();
        } catch (UnusableSettingsException e) {
            return refuse(e.problems());
        }
        StandardEnvironment candidate = with(next);
        List<String> problems = SettingsCheck.refused(candidate, next, known());
        if (!problems.isEmpty()) {
            return refuse(problems);
        }
        return take(next, candidate);
    }

    private Report take(List<OriginTrackedMapPropertySource> next, StandardEnvironment candidate) {
        List<OriginTrackedMapPropertySource> before = layers();
        var applied = new TreeSet<String>();
        var later = new ArrayList<Waiting>();
        var serving = new ArrayList<OriginTrackedMapPropertySource>();
        for (int i = 0; i < next.size(); i++) {
            serving.add(merge(files().get(i), before.get(i), next.get(i), candidate, applied, later));
        }
        replace(serving);
        try {
            apply(applied);
        } catch (RuntimeException e) {
            replace(before);
            apply(applied);
            return refuse(List.of(e instanceof BindException refusal
                    ? SettingsCheck.problem(refusal, next)
                    : files().getLast().name() + ": " + e.getMessage()));
        }
        warn(next);
        if (!applied.isEmpty() || !later.equals(waiting)) {
            LOG.info("Settings were changed: {} at once{}", applied.isEmpty() ? "none" : applied,
                    later.isEmpty() ? "" : ", and later " + later);
            bus.publish(new ConfigurationChanged(List.copyOf(applied), later.stream().map(Waiting::name).toList()));
        }
        refused = List.of();
        waiting = List.copyOf(later);
        return report();
    }

    /** What a file says from now on: the new values of live settings, and the old ones of the others. */
    private OriginTrackedMapPropertySource merge(SettingsFile file, OriginTrackedMapPropertySource before,
            OriginTrackedMapPropertySource next, StandardEnvironment candidate, Set<String> applied,
            List<Waiting> later) {
        Map<String, Object> values = new LinkedHashMap<>(next.getSource());
        var names = new TreeSet<>(before.getSource().keySet());
        names.addAll(next.getSource().keySet());
        for (String name : names) {
            if (same(before.getProperty(name), next.getProperty(name))) {
                continue;
            }
            if (isLive(name)) {
                applied.add(name);
                continue;
            }
            later.add(new Waiting(name,
                    same(environment.getProperty(name), candidate.getProperty(name))
                            ? "no effect: something stronger sets it"
                            : "restart needed: " + RestartReason.of(name)));
            @Nullable
            Object old = before.getSource().get(name);
            if (old == null) {
                values.remove(name);
            } else {
                values.put(name, old);
            }
        }
        return file.source(values);
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one == null ? null : one.toString(), other == null ? null : other.toString());
    }

    private void apply(Set<String> names) {
        Binder settings = Binder.get(environment);
        for (LiveSettings part : live.get()) {
            if (names.stream().anyMatch(name -> covers(part, name))) {
                part.apply(settings);
            }
        }
    }

    private boolean isLive(String name) {
        return live.get().stream().anyMatch(part -> covers(part, name));
    }

    private static boolean covers(LiveSettings part, String name) {
        return part.names().stream()
                .anyMatch(own -> new KnownSetting(own, Object.class, false, null).covers(name));
    }

    private Report refuse(List<String> problems) {
        LOG.error("The changed settings cannot be used, and the last good ones hold:\n{}",
                String.join("\n", problems));
        if (!problems.equals(refused)) {
            bus.publish(new ConfigurationRefused(problems));
        }
        refused = List.copyOf(problems);
        return report();
    }

    private KnownSettings known() {
        return known.obtain();
    }

    private List<OriginTrackedMapPropertySource> layers() {
        return files().stream().map(file -> (OriginTrackedMapPropertySource) Objects
                .requireNonNull(environment.getPropertySources().get(file.layer()))).toList();
    }

    private void replace(List<OriginTrackedMapPropertySource> layers) {
        layers.forEach(layer -> environment.getPropertySources().replace(layer.getName(), layer));
    }

    /** The environment as it would be. */
    private StandardEnvironment with(List<OriginTrackedMapPropertySource> layers) {
        var candidate = new StandardEnvironment();
        MutablePropertySources sources = candidate.getPropertySources();
        sources.stream().map(PropertySource::getName).toList().forEach(sources::remove);
        environment.getPropertySources().stream()
                .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                .forEach(sources::addLast);
        layers.forEach(layer -> sources.replace(layer.getName(), layer));
        ConfigurationPropertySources.attach(candidate);
        return candidate;
    }
}
