package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.spi.DoctorFinding;

/** Whether plugins must be signed. */
record TrustCheck(TrustMode mode) implements Check {

    @Override
    public String name() {
        return "trust";
    }

    @Override
    public DoctorFinding examine() {
        return switch (mode) {
            case STRICT -> DoctorFinding.ok(name(), "only signed plugins are used");
            case DEVELOPMENT -> DoctorFinding.warn(name(), "unsigned plugins are used (OBJECTOS_TRUST=development)",
                    "unset OBJECTOS_TRUST wherever others have access");
        };
    }
}
