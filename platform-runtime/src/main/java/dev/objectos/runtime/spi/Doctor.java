package dev.objectos.runtime.spi;

import java.util.List;

/** Examines whether the invariants of this installation hold. */
public interface Doctor {

    /** Looks at everything now; a check that cannot be made is a failure. */
    List<DoctorFinding> examine();
}
