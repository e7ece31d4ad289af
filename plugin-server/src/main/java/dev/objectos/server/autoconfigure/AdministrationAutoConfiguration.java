package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.Plugins;
import dev.objectos.runtime.spi.ServerConfiguration;
import dev.objectos.server.administration.ConfigurationController;
import dev.objectos.server.administration.DoctorController;
import dev.objectos.server.administration.HealthController;
import dev.objectos.server.administration.PlatformHealthIndicator;
import dev.objectos.server.administration.ServiceController;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Shows platform administrators how the server is doing. */
@AutoConfiguration(afterName = {"dev.objectos.runtime.autoconfigure.ServiceAutoConfiguration",
        "dev.objectos.runtime.autoconfigure.HealthAutoConfiguration",
        "dev.objectos.runtime.autoconfigure.ConfigurationAutoConfiguration"})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Doctor.class, Health.class, ServiceDirectory.class})
public final class AdministrationAutoConfiguration {

    @Bean
    DoctorController objectOsDoctorController(Doctor doctor) {
        return new DoctorController(doctor);
    }

    @Bean
    HealthController objectOsHealthController(Health health) {
        return new HealthController(health);
    }

    @Bean
    ServiceController objectOsServiceController(ServiceDirectory services, Plugins plugins) {
        return new ServiceController(services, plugins);
    }

    @Bean
    @ConditionalOnBean(ServerConfiguration.class)
    ConfigurationController objectOsConfigurationController(ServerConfiguration configuration) {
        return new ConfigurationController(configuration);
    }

    /** Its name is that of the component in {@code /actuator/health}. */
    @Bean
    PlatformHealthIndicator platformHealthIndicator(Health health) {
        return new PlatformHealthIndicator(health);
    }
}
