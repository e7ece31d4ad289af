package dev.objectos.automation.run;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries again, on request, what a run has not done. */
public final class RunReplay {

    private static final Logger LOG = LoggerFactory.getLogger(RunReplay.class);

    private final RunExecutor executor;

    public RunReplay(RunExecutor executor) {
        this.executor = executor;
    }

    /** How it went is in the log. */
    public void replay(Run run) {
        if (run.status() == Run.Status.SUCCEEDED) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The run has done everything already");
        }
        if (run.version() == 0) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST,
                    "The run has refused a change, which can only be made again");
        }
        try {
            executor.execute(run.id(), Session.system(run.tenant(), Origin.TRIGGER));
        } catch (UnfinishedRunException e) {
            LOG.debug("The run {} is not finished: {}", run.id(), e.toString());
        }
    }
}
