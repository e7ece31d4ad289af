package dev.objectos.runtime.configuration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.StandardEnvironment;

/** What is wrong with files of settings, with file and line. */
final class SettingsCheck {

    private SettingsCheck() {}

    /** Names that nobody reads; they do no harm. */
    static List<String> unknown(List<OriginTrackedMapPropertySource> layers, KnownSettings known) {
        var problems = new ArrayList<String>();
        for (OriginTrackedMapPropertySource layer : layers) {
            for (String name : layer.getPropertyNames()) {
                String problem = known.unknown(name);
                if (problem != null) {
                    problems.add(SettingsFile.place(layer.getName(), layer.getOrigin(name)) + ": " + problem);
                }
            }
        }
        problems.sort(null);
        return problems;
    }

    /** Values that their readers would refuse, be it alone or together with others. */
    static List<String> refused(StandardEnvironment candidate, List<OriginTrackedMapPropertySource> layers,
            KnownSettings known) {
        Map<String, String> problems = new LinkedHashMap<>();
        Binder binder = Binder.get(candidate);
        known.records().forEach((type, prefix) -> {
            try {
                binder.bind(prefix, Bindable.of(type));
            } catch (BindException e) {
                problems.putIfAbsent(e.getName().toString(), problem(e, layers));
            }
        });
        return problems.values().stream().sorted().toList();
    }

    /** What could not be bound, with its place. */
    static String problem(BindException refusal, List<OriginTrackedMapPropertySource> layers) {
        String name = refusal.getName().toString();
        return place(refusal, name, layers) + ": " + name + reason(refusal);
    }

    private static String place(BindException problem, String name, List<OriginTrackedMapPropertySource> layers) {
        @Nullable
        ConfigurationProperty property = problem.getProperty();
        for (OriginTrackedMapPropertySource layer : layers) {
            for (String candidate : layer.getPropertyNames()) {
                @Nullable
                Origin origin = layer.getOrigin(candidate);
                boolean here = property == null || property.getOrigin() == null
                        ? candidate.startsWith(name + ".")
                        : Objects.equals(SettingsFile.innermost(property.getOrigin()), origin);
                if (here) {
                    return SettingsFile.place(layer.getName(), origin);
                }
            }
        }
        return property == null || property.getOrigin() == null ? "settings" : property.getOrigin().toString();
    }

    private static String reason(BindException problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        @Nullable
        ConfigurationProperty property = problem.getProperty();
        String value = property == null
                ? ""
                : " is '" + Secrets.shown(problem.getName().toString(), property.getValue()) + "', which";
        return value + " cannot be used: " + cause.getMessage();
    }
}
