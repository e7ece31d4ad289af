package dev.objectos.runtime.autoconfigure;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the server as a whole ({@code objectos}).
 *
 * @param home {@code OBJECTOS_HOME}: the folder for everything that is kept outside a given database
 * @param demoData {@code OBJECTOS_DEMO_DATA}: whether the demo records of plugins, and the data files of folders, are loaded
 */
@ConfigurationProperties("objectos")
public record RuntimeProperties(@DefaultValue(".objectos") Path home, @DefaultValue("false") boolean demoData) {}
