package dev.objectos.runtime.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;

/**
 * Leaves the server's address in its data folder for as long as it takes requests, so that commands on the same machine find
 * it.
 *
 * @param home the data folder
 */
record AddressFile(Path home) implements ApplicationListener<ApplicationEvent> {

    private static final String NAME = "server.address";

    @Override
    public void onApplicationEvent(ApplicationEvent event) {
        try {
            if (event instanceof ApplicationReadyEvent ready) {
                String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
                if (port != null) {
                    Files.createDirectories(home);
                    Files.writeString(home.resolve(NAME), "http://localhost:" + port + "\n");
                }
            } else if (event instanceof ContextClosedEvent) {
                Files.deleteIfExists(home.resolve(NAME));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
