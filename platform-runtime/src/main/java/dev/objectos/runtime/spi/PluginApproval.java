package dev.objectos.runtime.spi;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An administrator has let a plugin have what it asked for.
 *
 * @param version that asked
 * @param by the administrator's user; null: the platform itself
 */
public record PluginApproval(PluginPermissions permissions, String version, @Nullable UUID by, Instant at) {}
