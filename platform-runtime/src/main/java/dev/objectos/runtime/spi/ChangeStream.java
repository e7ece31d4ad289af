package dev.objectos.runtime.spi;

import dev.objectos.runtime.event.CommittedChange;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes of all tenants in the one order in which they became visible, whichever node made them; positions stay valid for a
 * while and across nodes. Tells what happened and not who may know: whoever passes it on asks {@link Records} first.
 */
public interface ChangeStream {

    /**
     * Tells of every change that becomes visible from now on, a moment later; {@link Listener#began} is called before this
     * returns.
     *
     * @throws RuntimeException of the database's, where that does not answer
     */
    Following follow(Listener listener);

    /** The position behind everything that has been committed by now; while nobody follows, it moves no further. */
    long now();

    /**
     * The changes of one object's records that lie between two positions.
     *
     * @param after the last position that is known already
     * @param upTo the last one that is wanted
     * @param tenant null: of all tenants
     * @param most as many as are of use
     * @return empty where there are more, or where they are not kept any more
     */
    Optional<List<CommittedChange>> between(long after, long upTo, @Nullable UUID tenant, String object, int most);

    /** Hears of changes, in one thread; must not throw. */
    interface Listener {

        /**
         * Everything behind this position will be told. Said at the beginning, and again where changes that have not been told
         * are lost because the database could not be asked for a long time.
         */
        void began(long position);

        /** The next changes, at least one. */
        void changed(List<CommittedChange> changes);
    }

    /** Ends it. */
    interface Following extends AutoCloseable {

        @Override
        void close();
    }
}
