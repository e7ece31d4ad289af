package dev.objectos.runtime;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Starts the server. Everything else arrives by auto-configuration: the runtime's own and each plugin's. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = {"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
        "org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration"})
public class ObjectOs {

    private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

    public static void main(String[] arguments) {
        // A request that computes long, such as the check of a password, keeps its carrier: with two for each core, the
        // operating system shares the cores out between those and the others.
        System.getProperties().putIfAbsent(CARRIERS,
                Integer.toString(2 * Runtime.getRuntime().availableProcessors()));
        SpringApplication.run(ObjectOs.class, arguments);
    }
}
