package dev.objectos.runtime.storage.file;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of files ({@code objectos.files}).
 *
 * @param folder where they are; null: {@code files} in the home. Nodes share it
 * @param maximumSize the largest file
 * @param allowedTypes content types that are taken, such as {@code image/*}; empty: all but programs
 * @param linkLifetime how long a link to upload or download can be used
 * @param orphanAge after which a file that nobody holds is removed
 */
@ConfigurationProperties("objectos.files")
public record FileProperties(@Nullable Path folder, @DefaultValue("100MB") DataSize maximumSize,
        @DefaultValue List<String> allowedTypes, @DefaultValue("15m") Duration linkLifetime,
        @DefaultValue("24h") Duration orphanAge) {

    public FileProperties {
        allowedTypes = List.copyOf(allowedTypes);
        if (maximumSize.toBytes() < 1 || !linkLifetime.isPositive() || orphanAge.toMinutes() < 1) {
            throw new IllegalArgumentException("objectos.files: maximum-size and link-lifetime must be positive, "
                    + "and orphan-age at least a minute");
        }
    }

    /** Whether files of the type are taken. */
    boolean takes(String contentType) {
        return allowedTypes.isEmpty() || allowedTypes.stream().anyMatch(allowed -> allowed.equals(contentType)
                || (allowed.endsWith("/*")
                        && contentType.startsWith(allowed.substring(0, allowed.length() - 1))));
    }
}
