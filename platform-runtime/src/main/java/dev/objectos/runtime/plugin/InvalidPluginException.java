package dev.objectos.runtime.plugin;

import org.jspecify.annotations.Nullable;

/** A plugin that cannot be used; the message says which and why. */
public final class InvalidPluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidPluginException(String message) {
        this(message, null);
    }

    InvalidPluginException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
