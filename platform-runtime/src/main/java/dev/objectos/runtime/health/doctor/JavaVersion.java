package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.spi.DoctorFinding;

/** Whether the Java that runs is the one that is tested. */
record JavaVersion(Runtime.Version version) implements Check {

    private static final int TESTED = 25;

    @Override
    public String name() {
        return "Java";
    }

    @Override
    public DoctorFinding examine() {
        if (version.feature() < TESTED) {
            return DoctorFinding.fail(name(), version.toString(), "use Java " + TESTED);
        }
        return version.feature() == TESTED
                ? DoctorFinding.ok(name(), version.toString())
                : DoctorFinding.warn(name(), version.toString(), "this release is tested with Java " + TESTED);
    }
}
