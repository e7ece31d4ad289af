package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.spi.DoctorFinding;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthResult;

/** What the health monitor watches too. */
record ProbeCheck(HealthProbe probe, String advice) implements Check {

    @Override
    public String name() {
        return probe.name();
    }

    @Override
    public DoctorFinding examine() throws Exception {
        HealthResult result = probe.check();
        return switch (result.status()) {
            case UP -> DoctorFinding.ok(name(), result.message());
            case DEGRADED -> DoctorFinding.warn(name(), result.message(), advice);
            case DOWN -> DoctorFinding.fail(name(), result.message(), advice);
        };
    }
}
