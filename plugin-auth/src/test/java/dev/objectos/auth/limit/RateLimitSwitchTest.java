package dev.objectos.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** How limits are switched off. */
final class RateLimitSwitchTest {

    @ParameterizedTest
    @CsvSource({"off,false", "OFF,false", "false,false", "on,true", "true,true"})
    void followsTheEnvironment(String value, boolean limited) {
        assertThat(with(Map.of("OBJECTOS_RATE_LIMITS", value)).rateLimits()).isEqualTo(limited);
    }

    @Test
    void isOnWhereNobodySaysSo() {
        assertThat(with(Map.of()).rateLimits()).isTrue();
    }

    private static RateLimitSwitch with(Map<String, Object> variables) {
        var environment = new StandardEnvironment();
        environment.getPropertySources().replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        variables));
        return Binder.get(environment).bindOrCreate("objectos", RateLimitSwitch.class);
    }
}
