package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.spi.DoctorFinding;

/** One invariant that can be examined. */
interface Check {

    /** What stands before the finding. */
    String name();

    /** @throws Exception where it cannot be examined, which is a failure */
    DoctorFinding examine() throws Exception;
}
