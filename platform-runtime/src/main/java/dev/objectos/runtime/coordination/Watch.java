package dev.objectos.runtime.coordination;

/** Tells somebody of changes until it is closed. */
public interface Watch extends AutoCloseable {

    /** Entries that a watch follows; of what is beyond, in the order of keys, nothing is told. */
    int MOST = 10_000;

    /** Returns when nothing more will be told, unless it is the listener that closes it. */
    @Override
    void close();
}
