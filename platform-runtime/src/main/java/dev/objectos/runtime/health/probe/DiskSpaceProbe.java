package dev.objectos.runtime.health.probe;

import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.unit.DataSize;

/** Whether the disk of the data folder has room. */
public record DiskSpaceProbe(Path home, DataSize least) implements HealthProbe {

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public HealthResult check() throws IOException {
        Path there = home.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        long free = Files.getFileStore(there).getUsableSpace();
        String found = free / (1024 * 1024) + " MB free for " + home;
        if (free < least.toBytes() / 10) {
            return HealthResult.down(found);
        }
        return free < least.toBytes() ? HealthResult.degraded(found) : HealthResult.up(found);
    }
}
