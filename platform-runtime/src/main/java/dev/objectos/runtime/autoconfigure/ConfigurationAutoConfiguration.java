package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.configuration.ConfigurationFolder;
import dev.objectos.runtime.configuration.ReloadableConfiguration;
import dev.objectos.runtime.configuration.SettingsProperties;
import dev.objectos.runtime.configuration.SettingsWatcher;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.metadata.publish.MetadataLayers;
import dev.objectos.runtime.spi.LiveSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires the settings that are read again while the server runs. */
@AutoConfiguration(after = EventAutoConfiguration.class)
@EnableConfigurationProperties(SettingsProperties.class)
public final class ConfigurationAutoConfiguration {

    @Bean
    ReloadableConfiguration serverConfiguration(ConfigurableEnvironment environment, ListableBeanFactory beans,
            ObjectProvider<LiveSettings> live, EventBus bus) {
        return new ReloadableConfiguration(environment, () -> records(beans), () -> live.orderedStream().toList(), bus);
    }

    private static Collection<Class<?>> records(ListableBeanFactory beans) {
        var records = new ArrayList<Class<?>>();
        for (String name : beans.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
            @Nullable
            Class<?> type = beans.getType(name, false);
            if (type != null) {
                records.add(type);
            }
        }
        return List.copyOf(records);
    }

    /** The logging system that the application was started with. */
    @Bean
    @ConditionalOnBean(LoggingSystem.class)
    LogLevels logLevels(LoggingSystem logging, ConfigurableEnvironment environment) {
        return new LogLevels(logging, Binder.get(environment));
    }

    @Bean
    ConfigurationFolder configurationFiles(MetadataLayers layers, RuntimeProperties properties) {
        return new ConfigurationFolder(layers::ofPlugins, properties.home());
    }

    @Bean
    SettingsWatcher settingsWatcher(ReloadableConfiguration configuration, ConfigurationFolder others,
            SettingsProperties properties) {
        return new SettingsWatcher(configuration, others, properties.interval());
    }

    @Bean
    PhasedLifecycle settingsLifecycle(ReloadableConfiguration configuration, SettingsWatcher watcher,
            SettingsProperties properties) {
        return new PhasedLifecycle(PhasedLifecycle.HEALTH, true, () -> {
            configuration.start();
            if (properties.watch()) {
                watcher.start();
            }
        }, watcher::stop);
    }
}
