package dev.objectos.runtime.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.DefaultPropertiesPropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ClassPathDefaultsTest {

    @TempDir
    private Path folder;

    @Test
    void setsWhatNobodyElseSets() {
        var environment = new StandardEnvironment();
        new ClassPathDefaults().postProcessEnvironment(environment, new SpringApplication());
        assertThat(environment.getProperty("spring.application.name")).isEqualTo("ObjectOS");
    }

    @Test
    void givesWayToEverythingElseEvenToTheDefaultsOfAnApplication() {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new MapPropertySource("file", Map.of("logging.level.root", "DEBUG")));
        DefaultPropertiesPropertySource.addOrMerge(
                Map.of("spring.application.name", "Mine", "logging.level.root", "ERROR"),
                environment.getPropertySources());
        new ClassPathDefaults().postProcessEnvironment(environment, new SpringApplication());
        DefaultPropertiesPropertySource.moveToEnd(environment);
        assertThat(environment.getProperty("spring.application.name")).isEqualTo("Mine");
        assertThat(environment.getProperty("logging.level.root")).isEqualTo("DEBUG");
        assertThat(environment.getProperty("spring.jpa.open-in-view")).isEqualTo("false");
    }

    @Test
    void readsTheFileOfEveryArchive() throws IOException {
        try (var loader = loader("a=1\nb=2", "b=2\nc=3")) {
            assertThat(ClassPathDefaults.read(loader)).isEqualTo(Map.of("a", "1", "b", "2", "c", "3"));
        }
    }

    @Test
    void refusesTwoArchivesThatContradictEachOther() throws IOException {
        try (var loader = loader("a=1", "a=2")) {
            assertThatThrownBy(() -> ClassPathDefaults.read(loader)).hasMessageContaining("a has two defaults")
                    .hasMessageContaining("1").hasMessageContaining("2");
        }
    }

    private URLClassLoader loader(String... files) throws IOException {
        var roots = new URL[files.length];
        for (int i = 0; i < files.length; i++) {
            Path file = folder.resolve(i + "/" + ClassPathDefaults.FILE);
            Files.createDirectories(file.getParent());
            Files.writeString(file, files[i]);
            roots[i] = folder.resolve(i + "/").toUri().toURL();
        }
        return new URLClassLoader(roots, null);
    }
}
