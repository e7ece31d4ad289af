package dev.objectos.runtime.health.probe;

import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import dev.objectos.runtime.storage.file.FileStore;
import java.io.IOException;

/** Whether a store of files can be used. Records do not need it. */
public record FileStoreProbe(FileStore store) implements HealthProbe {

    @Override
    public String name() {
        return "files." + store.name();
    }

    @Override
    public HealthResult check() {
        try {
            return HealthResult.up(store.check());
        } catch (IOException e) {
            return HealthResult.down(String.valueOf(e.getMessage()));
        }
    }
}
