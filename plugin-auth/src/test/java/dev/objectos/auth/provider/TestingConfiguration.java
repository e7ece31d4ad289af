package dev.objectos.auth.provider;

import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.yaml.WrittenYaml;
import dev.objectos.runtime.spi.ConfigurationFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What readers make of one file of the administrator's. */
public final class TestingConfiguration {

    private TestingConfiguration() {}

    /** @param variables of the environment */
    public static AuthConfigurations read(String yaml, Map<String, String> variables, SectionReader<?> reader) {
        var configurations = new AuthConfigurations(new OneFile(yaml), List.of(reader), variables::get);
        configurations.start();
        return configurations;
    }

    /** A file that never changes. */
    private record OneFile(String yaml) implements ConfigurationFiles {

        @Override
        public void follow(String name, Consumer<List<ConfigurationFile>> reader) {
            var violations = new ArrayList<Violation>();
            var written = WrittenYaml.read(name, "auth.config.yml", yaml.getBytes(StandardCharsets.UTF_8),
                    violations::add);
            reader.accept(List.of(new ConfigurationFile("auth.config.yml", true, written, violations)));
        }

        @Override
        public String suggest(String written, Collection<String> known) {
            return "";
        }
    }
}
