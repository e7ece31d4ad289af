package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.service.registry.ServiceRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Wires the services that plugins offer to each other. */
@AutoConfiguration(after = EventAutoConfiguration.class)
public final class ServiceAutoConfiguration {

    @Bean
    ServiceDirectory serviceDirectory(EventBus bus, MeterRegistry meters, Clock clock) {
        return new ServiceRegistry(bus, meters, clock);
    }
}
