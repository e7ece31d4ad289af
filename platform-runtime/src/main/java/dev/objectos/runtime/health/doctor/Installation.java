package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.database.DatabaseProperties.Pools;
import dev.objectos.runtime.database.Databases;
import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.storage.file.FileStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is examined.
 *
 * @param home the data folder
 * @param pools as the server is configured, whatever is open now
 * @param catalogs the metadata as it is now
 * @param files the stores of files
 * @param limits from which on something is worth a warning
 */
public record Installation(Path home, Databases databases, Pools pools, Supplier<Catalog> catalogs,
        List<FileStore> files, HealthProperties limits, TrustMode trust, Clock clock) {}
