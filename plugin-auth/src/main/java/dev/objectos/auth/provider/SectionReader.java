package dev.objectos.auth.provider;

/**
 * Reads what {@code auth.config.yml} says of one kind of provider. A bean of this type is asked whenever the files have changed.
 *
 * @param <T> what comes of it; immutable
 */
public interface SectionReader<T> {

    /** By which {@link AuthConfiguration#get} finds it. */
    Class<T> type();

    /**
     * Reads its part; whatever is wrong it says of the section that holds it.
     *
     * @param providers everything below {@code providers}; keys that no reader asks for are reported as unknown
     * @return never null: where nothing is written, or nothing usable, what signs nobody in
     */
    T read(Section providers);
}
