package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.coordination.cluster.ClusterCoordination;
import dev.objectos.runtime.coordination.cluster.CoordinationProperties;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.spi.StorageInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Wires plugins' queues, locks and watches. */
@AutoConfiguration(after = RuntimeAutoConfiguration.class)
@EnableConfigurationProperties(CoordinationProperties.class)
public final class CoordinationAutoConfiguration {

    @Bean(initMethod = "start", destroyMethod = "stop")
    ClusterCoordination coordination(CoordinationProperties properties, Databases databases, MeterRegistry meters) {
        return new ClusterCoordination(properties, databases.worker(), databases.direct(), meters);
    }

    @Bean
    StorageInterceptor watchSignals(ClusterCoordination coordination) {
        return coordination.changes();
    }
}
