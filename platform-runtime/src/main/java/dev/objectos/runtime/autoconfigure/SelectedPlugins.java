package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.plugin.PluginDescriptor;
import dev.objectos.runtime.plugin.PluginRegistry;
import dev.objectos.runtime.plugin.PluginSelection;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/** Leaves out the auto-configurations of built-in plugins that are off or cannot start: nothing of them takes part. */
public final class SelectedPlugins implements AutoConfigurationImportFilter, EnvironmentAware, BeanFactoryAware {

    private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private static final String NAME = "pluginRegistry";

    private @Nullable Environment environment;
    private @Nullable ConfigurableListableBeanFactory beans;

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void setBeanFactory(BeanFactory factory) {
        this.beans = (ConfigurableListableBeanFactory) factory;
    }

    @Override
    public boolean[] match(@Nullable String[] configurations, AutoConfigurationMetadata metadata) {
        Set<String> out = new HashSet<>();
        registry().leftOut().forEach(plugin -> out.addAll(configurationsOf(plugin)));
        var matches = new boolean[configurations.length];
        for (int i = 0; i < matches.length; i++) {
            matches[i] = !out.contains(configurations[i]);
        }
        return matches;
    }

    /** Found once: the server goes on with what was found here. */
    private PluginRegistry registry() {
        ConfigurableListableBeanFactory factory = Objects.requireNonNull(beans);
        if (factory.getSingleton(NAME) instanceof PluginRegistry known) {
            return known;
        }
        PluginRegistry found = PluginRegistry.discover(SelectedPlugins.class.getClassLoader(),
                PluginSelection.of(Objects.requireNonNull(environment)));
        factory.registerSingleton(NAME, found);
        return found;
    }

    private static List<String> configurationsOf(PluginDescriptor plugin) {
        try (var reader = new BufferedReader(new InputStreamReader(
                URI.create(plugin.root() + IMPORTS).toURL().openStream(), StandardCharsets.UTF_8))) {
            return reader.lines().map(line -> line.replaceFirst("#.*", "").strip()).filter(line -> !line.isEmpty())
                    .toList();
        } catch (FileNotFoundException _) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
