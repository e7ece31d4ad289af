package dev.objectos.runtime.spi;

import java.util.Set;

/**
 * A plugin's code before and after steps in the life of <em>other</em> added plugins, on each node; for its own there is
 * {@link PlatformPlugin}. A bean of this type takes part. Each call has a thread of its own and so much time as
 * {@code objectos.hooks.timeout} and the plugin's limits give it.
 *
 * <p>
 * A hook refuses with a {@link dev.objectos.runtime.PlatformException}, as a {@link RecordHook} does, and then everything stays as
 * it was. Where a plugin starts by itself (with the server, again after a failure, because another node has decided so) and that is
 * refused, it stays out with the reason. Nobody is asked where a plugin is disabled because it went beyond its limits; nobody is asked or
 * told where the server stops, another node has decided that a plugin goes, a newer version has taken over, or the plugin has failed.
 */
public interface LifecycleHook {

    /** A step of a plugin. */
    enum Step {
        /** Its code is loaded and takes part, for the first time, again, or in the place of an earlier version. */
        ENABLE,
        /** It takes part no longer. */
        DISABLE,
        /** It is removed for good. */
        UNINSTALL
    }

    /** Names it in messages, as in {@code acme-policy.change-window}. */
    String name();

    /** The steps that it is called for; always the same answer. */
    Set<Step> steps();

    /** Lower comes first. */
    default int order() {
        return 0;
    }

    /** Whether the step may be taken. */
    default void before(@SuppressWarnings("unused") Step step, @SuppressWarnings("unused") String plugin,
            @SuppressWarnings("unused") String version) throws Exception {}

    /** The step was taken; what goes wrong here is logged. */
    default void after(@SuppressWarnings("unused") Step step, @SuppressWarnings("unused") String plugin,
            @SuppressWarnings("unused") String version) throws Exception {}
}
