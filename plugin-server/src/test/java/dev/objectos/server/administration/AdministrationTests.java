package dev.objectos.server.administration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.event.Subscription;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.DoctorFinding;
import dev.objectos.runtime.spi.Health;
import dev.objectos.runtime.spi.HealthProbe;
import dev.objectos.runtime.spi.HealthStatus;
import dev.objectos.runtime.spi.ProbeHealth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class AdministrationTests {

    private static final Session ADMINISTRATOR = Session.system(Session.DEFAULT_TENANT, Origin.REST);
    private static final Session OTHER = new Session(Session.DEFAULT_TENANT, null, Set.of(), false, Locale.ENGLISH,
            ZoneOffset.UTC, Origin.REST);

    /** A server in that state. */
    private record StandingHealth(HealthStatus status) implements Health {

        @Override
        public List<ProbeHealth> probes() {
            return List.of();
        }

        @Override
        public Subscription watch(HealthProbe probe) {
            return () -> {};
        }
    }

    @Test
    void showsNothingToOthers() {
        assertThatThrownBy(() -> new DoctorController(List::of).examine(OTHER))
                .isInstanceOfSatisfying(PlatformException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RuntimeError.PERMISSION_DENIED));
        assertThatThrownBy(() -> new HealthController(new StandingHealth(HealthStatus.UP)).show(OTHER))
                .isInstanceOf(PlatformException.class);
    }

    @Test
    void oneFailureIsEnoughToBeUnhealthy() {
        var warned = new DoctorController(() -> List.of(DoctorFinding.warn("trust", "unsigned", "sign")));
        var failed = new DoctorController(() -> List.of(DoctorFinding.ok("disk", "room"),
                DoctorFinding.fail("roles", "app is a superuser", "take it away")));
        assertThat(warned.examine(ADMINISTRATOR)).containsEntry("healthy", true);
        assertThat(failed.examine(ADMINISTRATOR)).containsEntry("healthy", false);
    }

    @Test
    void staysUpWhileItIsMerelyDegraded() {
        assertThat(new PlatformHealthIndicator(new StandingHealth(HealthStatus.DEGRADED)).health().getStatus())
                .isEqualTo(Status.UP);
        assertThat(new PlatformHealthIndicator(new StandingHealth(HealthStatus.DOWN)).health().getStatus())
                .isEqualTo(Status.DOWN);
    }
}
