package dev.objectos.runtime.spi;

import org.jspecify.annotations.Nullable;

/**
 * Does what an action of an object stands for. A bean of this type is called by actions that name it ({@code handler: acme-settle});
 * offered as a service of this type, by those that name its capability ({@code handler: {service: acme.settle}}). Built-in and
 * added plugins may bring them.
 *
 * <p>
 * Whether its caller may run the action, and whether the parameters are what the action says, is settled before. What it does to
 * records it does through {@link Records}, each call of which is a transaction of its own; several changes that belong together
 * are an atomic {@link dev.objectos.runtime.query.Batch}.
 */
public interface ActionHandler {

    /** By which actions name it; the name of its class where it has no other. Always the same answer. */
    default String name() {
        return getClass().getName();
    }

    /**
     * Does it.
     *
     * @return what the caller is told: null, text, a number, true or false, an id, a date or instant, a
     *         {@link dev.objectos.runtime.query.JsonDocument}, or lists and maps of these
     * @throws dev.objectos.runtime.PlatformException to refuse; its code and message are what the caller is told
     */
    @Nullable
    Object run(ActionCall call) throws Exception;
}
