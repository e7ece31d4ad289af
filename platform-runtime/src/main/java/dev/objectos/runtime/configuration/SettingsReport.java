package dev.objectos.runtime.configuration;

import dev.objectos.runtime.spi.ServerConfiguration.Report;
import dev.objectos.runtime.spi.ServerConfiguration.Setting;
import dev.objectos.runtime.spi.ServerConfiguration.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.SystemEnvironmentOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Tells of each setting what it is and who says so. */
record SettingsReport(ConfigurableEnvironment environment, KnownSettings known, Predicate<String> live) {

    Report report(List<String> files, List<Waiting> waiting, List<String> problems) {
        return new Report(environment.getProperty("objectos.profile", "cloud").toLowerCase(Locale.ROOT), files,
                names().stream().map(this::setting).toList(), waiting, problems);
    }

    /** All that are known, and all that somebody has set. */
    private TreeSet<String> names() {
        var names = new TreeSet<String>();
        known.settings().stream().map(KnownSetting::name).filter(name -> !name.contains("*")).forEach(names::add);
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> listed
                    && !source.getName().equals(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME)
                    && !source.getName().equals(DefaultPropertiesPropertySource.NAME)) {
                boolean file = source.getName().startsWith("file ");
                for (String name : listed.getPropertyNames()) {
                    if ((file || name.startsWith(KnownSettings.ROOT)) && !isKnown(name)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }

    private boolean isKnown(String name) {
        return known.settings().stream().filter(setting -> !setting.name().contains("*"))
                .anyMatch(setting -> setting.matches(name));
    }

    private Setting setting(String name) {
        ConfigurationPropertyName asked = ConfigurationPropertyName.adapt(name, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            @Nullable
            ConfigurationProperty found = source.getConfigurationProperty(asked);
            if (found != null) {
                return setting(name, Secrets.shown(name, found.getValue()), sourceOf(found));
            }
            List<String> elements = elements(source, asked);
            if (!elements.isEmpty()) {
                return setting(name, Secrets.shown(name, String.join(",", elements)), sourceOf(source));
            }
        }
        String fallback = known.settings().stream().filter(setting -> setting.matches(name))
                .map(setting -> setting.fallback() == null ? "" : setting.fallback()).findFirst().orElse("");
        return setting(name, fallback.isEmpty() ? null : fallback, "default");
    }

    private Setting setting(String name, @Nullable String value, String source) {
        boolean now = live.test(name);
        return new Setting(name, value, source, now, now ? "" : RestartReason.of(name));
    }

    private static List<String> elements(ConfigurationPropertySource source, ConfigurationPropertyName list) {
        var elements = new ArrayList<String>();
        @Nullable
        ConfigurationProperty element = source.getConfigurationProperty(list.append("[0]"));
        while (element != null) {
            elements.add(String.valueOf(element.getValue()));
            element = source.getConfigurationProperty(list.append("[" + elements.size() + "]"));
        }
        return elements;
    }

    private static String sourceOf(ConfigurationProperty property) {
        @Nullable
        ConfigurationPropertySource source = property.getSource();
        String name = sourceOf(source);
        if (name.equals("environment")) {
            return switch (property.getOrigin()) {
                case SystemEnvironmentOrigin variable -> name + " " + variable.getProperty();
                case PropertySourceOrigin variable -> name + " " + variable.getPropertyName();
                case null, default -> name;
            };
        }
        return source != null && source.getUnderlyingSource() instanceof PropertySource<?> layer
                && layer.getName().startsWith("file ")
                        ? SettingsFile.place(layer.getName(), property.getOrigin())
                        : name;
    }

    private static String sourceOf(@Nullable ConfigurationPropertySource source) {
        String name = source != null && source.getUnderlyingSource() instanceof PropertySource<?> layer
                ? layer.getName()
                : "unknown";
        return switch (name) {
            case DefaultPropertiesPropertySource.NAME -> "default";
            case StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME -> "system property";
            case StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME -> "environment";
            case "commandLineArgs" -> "command line";
            default -> name;
        };
    }
}
