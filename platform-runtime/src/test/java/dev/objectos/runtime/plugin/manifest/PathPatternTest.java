package dev.objectos.runtime.plugin.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {

    @ParameterizedTest
    @CsvSource({"objects/*.yml,objects/a.yml,true", "objects/*.yml,objects/b/a.yml,false",
            "objects/**/*.yml,objects/b/c/a.yml,true", "objects/**/*.yml,objects/a.yml,true", "**,a/b,true",
            "objects/*,objects,false", "*.yml,a.yaml,false", "a*b*c,aXbYbZc,true", "a*b*c,aXbYbZ,false",
            "objects/a.yml,objects/a.yml,true", "objects/a.yml,objects/b.yml,false"})
    void matchesStepByStep(String pattern, String path, boolean matches) {
        assertThat(PathPattern.matches(pattern, path)).isEqualTo(matches);
    }

    @Test
    void noPatternTakesLong() {
        assertThat(PathPattern.matches("*a".repeat(500) + "b", "a".repeat(5000))).isFalse();
        assertThat(PathPattern.matches("**/a/".repeat(200) + "b", "a/".repeat(2000))).isFalse();
    }
}
