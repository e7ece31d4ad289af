package dev.objectos.runtime.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;

/**
 * The files of settings in the data folder: {@code objectos.yml}, and over it {@code objectos-<profile>.yml}. The environment
 * and system properties win over both, both win over defaults.
 *
 * @param files the stronger first
 */
public record SettingsFiles(List<SettingsFile> files) {

    static final String NAME = "objectos";

    /** The property by which the folder is found; a file in it cannot set that. */
    private static final String HOME = "objectos.home";

    private static final String PROFILE = "objectos.profile";

    public SettingsFiles {
        files = List.copyOf(files);
    }

    /**
     * Puts what the files say between defaults and environment.
     *
     * @throws UnusableSettingsException where a file cannot be read
     */
    public static SettingsFiles addTo(ConfigurableEnvironment environment) {
        Path home = Path.of(environment.getProperty(HOME, ".objectos"));
        var base = new SettingsFile(home.resolve(NAME + ".yml"));
        add(environment, base);
        var files = new ArrayList<SettingsFile>();
        String profile = environment.getProperty(PROFILE, "").toLowerCase(Locale.ROOT);
        if (profile.matches("[a-z]+")) {
            var over = new SettingsFile(home.resolve(NAME + "-" + profile + ".yml"));
            environment.getPropertySources().addBefore(base.layer(), read(over));
            files.add(over);
        }
        files.add(base);
        return new SettingsFiles(files);
    }

    /** Those that were added to an environment. */
    static SettingsFiles in(ConfigurableEnvironment environment) {
        Path home = Path.of(environment.getProperty(HOME, ".objectos"));
        return new SettingsFiles(environment.getPropertySources().stream()
                .filter(source -> source.getName().startsWith("file " + NAME)
                        && source instanceof OriginTrackedMapPropertySource)
                .map(source -> new SettingsFile(home.resolve(source.getName().substring("file ".length())))).toList());
    }

    private static void add(ConfigurableEnvironment environment, SettingsFile file) {
        OriginTrackedMapPropertySource source = read(file);
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(DefaultPropertiesPropertySource.NAME)) {
            sources.addBefore(DefaultPropertiesPropertySource.NAME, source);
        } else {
            sources.addLast(source);
        }
    }

    private static OriginTrackedMapPropertySource read(SettingsFile file) {
        OriginTrackedMapPropertySource source = file.read();
        if (source.containsProperty(HOME)) {
            throw new UnusableSettingsException(List.of(SettingsFile.place(source.getName(), source.getOrigin(HOME))
                    + ": " + HOME + " is where this file is; set OBJECTOS_HOME instead"));
        }
        return source;
    }
}
