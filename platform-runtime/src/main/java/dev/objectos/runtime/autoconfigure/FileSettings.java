package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.configuration.SettingsFiles;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Adds the files of settings in the data folder to the environment, behind everything else but defaults. */
public final class FileSettings implements EnvironmentPostProcessor, Ordered {

    /** Once Spring's own files are there, and before {@link ClassPathDefaults}. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 10;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        SettingsFiles.addTo(environment);
    }
}
