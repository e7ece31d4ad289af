package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.health.KernelMeters;
import dev.objectos.runtime.spi.Plugins;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Wires the numbers about the kernel that no part of it counts itself. */
@AutoConfiguration(after = PluginAutoConfiguration.class)
public final class MeterAutoConfiguration {

    @Bean
    KernelMeters kernelMeters(Plugins plugins, EventBus bus, MeterRegistry meters) {
        return new KernelMeters(plugins, bus, meters);
    }
}
