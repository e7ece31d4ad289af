package dev.objectos.runtime.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.UrlResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Gives Spring Boot's settings the values that suit the archives on the class path: those of every file
 * {@value #FILE}. Whatever else sets them wins, an application's own defaults included.
 */
public final class ClassPathDefaults implements EnvironmentPostProcessor {

    static final String FILE = "META-INF/objectos/defaults.properties";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> defaults = read(ClassPathDefaults.class.getClassLoader());
        MutablePropertySources sources = environment.getPropertySources();
        // Spring keeps this source behind all others, so that nothing added beside it would stay the last.
        if (sources.get(DefaultPropertiesPropertySource.NAME) instanceof MapPropertySource own) {
            defaults.putAll(own.getSource());
        }
        DefaultPropertiesPropertySource.addOrMerge(defaults, sources);
    }

    /** The values of all files; two that differ about one setting are a mistake of ours. */
    static Map<String, Object> read(ClassLoader loader) {
        var defaults = new LinkedHashMap<String, Object>();
        try {
            for (URL file : Collections.list(loader.getResources(FILE))) {
                Properties properties = PropertiesLoaderUtils.loadProperties(new UrlResource(file));
                for (String name : properties.stringPropertyNames()) {
                    String value = properties.getProperty(name);
                    Object other = defaults.put(name, value);
                    if (other != null && !other.equals(value)) {
                        throw new IllegalStateException(
                                name + " has two defaults, " + other + " and " + value + " in " + file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return defaults;
    }
}
