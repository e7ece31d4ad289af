package dev.objectos.runtime;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/** Starts the server. Everything else arrives by auto-configuration: the runtime's own and each plugin's. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = {"org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
        "org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration"})
public class ObjectOs {

    public static void main(String[] arguments) {
        SpringApplication.run(ObjectOs.class, arguments);
    }
}
