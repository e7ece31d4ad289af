package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.spi.StorageDriver;
import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.storage.StorageChange;
import dev.objectos.runtime.storage.StoreAddress;
import dev.objectos.runtime.storage.StoredEntry;
import dev.objectos.runtime.storage.StoredValue;
import dev.objectos.runtime.storage.keyvalue.DriverKeyValueStores.StorageContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Values of one store in the form in which its driver keeps them, and back. */
record ContentForm(StoreAddress store, boolean encrypted, StorageContext context) {

    private static final Duration LONGEST = Duration.ofDays(36_525);

    StorageDriver.Write write(StorageChange change) {
        return switch (change) {
            case StorageChange.Put(var key, var value, var timeToLive, var precondition) ->
                new StorageDriver.Put(key, content(key, value, timeToLive), precondition);
            case StorageChange.Delete(var key, var precondition) -> new StorageDriver.Delete(key, precondition);
            case StorageChange.Increment(var key, var by, var timeToLive) -> {
                if (encrypted) {
                    throw new PlatformException(RuntimeError.INVALID_REQUEST,
                            "Encrypted values cannot be counted; keep numbers in a store that is not encrypted");
                }
                yield new StorageDriver.Increment(key, by, expiry(timeToLive));
            }
        };
    }

    private Content content(String key, StoredValue value, @Nullable Duration timeToLive) {
        byte[] bytes = value.bytes();
        if (bytes.length > context.maximumValue()) {
            throw new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE, "The value of " + key + " has " + bytes.length
                    + " bytes; " + context.maximumValue() + " are the most");
        }
        Instant expiresAt = expiry(timeToLive);
        return encrypted
                ? context.cipher().seal(store, key, bytes, value.contentType(), expiresAt)
                : new Content(bytes, value.contentType(), null, expiresAt);
    }

    private @Nullable Instant expiry(@Nullable Duration timeToLive) {
        if (timeToLive == null) {
            return null;
        }
        if (!timeToLive.isPositive() || timeToLive.compareTo(LONGEST) > 0) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The time to live must be positive and at most a hundred years, and is " + timeToLive);
        }
        return context.clock().instant().plus(timeToLive);
    }

    /** Says itself whether it is encrypted, so that a store may become an encrypted one. */
    StoredEntry opened(StorageDriver.Entry entry) {
        Content content = entry.content();
        String keyId = content.keyId();
        byte[] bytes = keyId == null ? content.bytes() : context.cipher().open(store, entry.key(), content, keyId);
        return new StoredEntry(entry.key(), new StoredValue(bytes, content.contentType()), entry.revision(),
                content.expiresAt(), entry.updatedAt());
    }
}
