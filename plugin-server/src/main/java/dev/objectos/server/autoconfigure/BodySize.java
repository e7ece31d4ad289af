package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.spi.LiveSettings;
import dev.objectos.server.web.JsonBodies;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;

/** Lets an operator change the largest body while the server runs. */
record BodySize(JsonBodies bodies) implements LiveSettings {

    @Override
    public List<String> names() {
        return List.of("objectos.server.max-body-size");
    }

    @Override
    public void apply(Binder settings) {
        ServerProperties properties = settings.bindOrCreate("objectos.server", ServerProperties.class);
        bodies.limit(Math.toIntExact(properties.maxBodySize().toBytes()));
    }
}
