package dev.objectos.runtime.coordination;

import dev.objectos.runtime.storage.KeyValueStores;
import dev.objectos.runtime.storage.StoredValue;
import java.util.UUID;

/**
 * What is sent.
 *
 * @param tenant whom it is about; {@link KeyValueStores#PLATFORM} for none
 */
public record Message(UUID tenant, StoredValue body) {

    /** One that is about no tenant. */
    public static Message of(StoredValue body) {
        return new Message(KeyValueStores.PLATFORM, body);
    }
}
