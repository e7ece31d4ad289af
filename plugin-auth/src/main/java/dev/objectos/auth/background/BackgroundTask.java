package dev.objectos.auth.background;

import java.util.Map;

/** A kind of work that is done later. */
public interface BackgroundTask {

    /** Names the kind in the queue; never changes, for work of before an upgrade may wait there. */
    String kind();

    /**
     * Does it, at least once: whoever is interrupted is asked again. What it throws is tried again after a while, and told of unless
     * it is a {@link PostponedException}.
     *
     * @param details that were left with it
     */
    void perform(Map<String, String> details);
}
