package dev.objectos.runtime.storage.file;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the files of a tenant may have together.
 *
 * @param bytes null: any number
 */
record FileQuota(@Nullable Long bytes) {

    /**
     * @param used what is in use with what is added
     * @param added zero and less is always admitted
     * @throws PlatformException {@code PAYLOAD_TOO_LARGE} with the numbers
     */
    void admit(long used, long added) {
        Long most = bytes;
        if (most != null && added > 0 && used > most) {
            throw exceeded(most, used - added);
        }
    }

    /** How many bytes may be added. */
    long room(long used) {
        Long most = bytes;
        return most == null ? Long.MAX_VALUE : Math.max(0, most - used);
    }

    /** The refusal of a file for which there is no room. */
    PlatformException exceeded(long used) {
        return exceeded(bytes == null ? Long.MAX_VALUE : bytes, used);
    }

    private static PlatformException exceeded(long most, long used) {
        return new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                "The files of this organization may have " + most + " bytes together, of which " + used
                        + " are in use; remove files that are not needed any more, or ask for more room")
                .with("quota", most).with("used", used);
    }
}
