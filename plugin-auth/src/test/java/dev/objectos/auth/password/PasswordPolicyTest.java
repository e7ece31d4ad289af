package dev.objectos.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

final class PasswordPolicyTest {

    private static final String PREFIX = "objectos.auth.password";

    @Test
    void asksForLengthAloneUnlessToldOtherwise() {
        assertThat(bound(Map.of())).isEqualTo(PasswordPolicy.DEFAULT);
        assertThat(bound(Map.of("min-length", "12", "require-symbols", "true", "max-age-days", "90")))
                .isEqualTo(new PasswordPolicy(12, 128, false, false, false, true, 0, 90));
    }

    @ParameterizedTest
    @CsvSource({"min-length, 0, min-length", "max-length, 1025, max-length", "max-length, 7, max-length",
            "history, -1, history", "history, 101, history", "max-age-days, -1, max-age-days",
            "min-length, many, many"})
    void refusesSettingsThatMakeNoSense(String setting, String value, String named) {
        assertThatThrownBy(() -> bound(Map.of(setting, value))).rootCause().hasMessageContaining(named.substring(0, 3));
    }

    @Test
    void isTheStricterOfTwo() {
        var lenient = new PasswordPolicy(6, 200, false, false, false, false, 0, 0);
        var strict = new PasswordPolicy(14, 100, true, false, true, false, 5, 90);
        assertThat(lenient.and(strict)).isEqualTo(strict.and(lenient)).isEqualTo(strict);
        assertThat(strict.and(new PasswordPolicy(4, 10, false, false, false, false, 0, 30)))
                .isEqualTo(new PasswordPolicy(14, 14, true, false, true, false, 5, 30));
    }

    private static PasswordPolicy bound(Map<String, String> settings) {
        var source = new MapConfigurationPropertySource();
        settings.forEach((name, value) -> source.put(PREFIX + ".policy." + name, value));
        return new Binder(source).bindOrCreate(PREFIX, Bindable.of(PasswordProperties.class)).policy();
    }
}
