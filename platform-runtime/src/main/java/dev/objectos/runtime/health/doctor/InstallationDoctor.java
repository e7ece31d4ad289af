package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.health.HealthProperties;
import dev.objectos.runtime.health.probe.ClockProbe;
import dev.objectos.runtime.health.probe.DiskSpaceProbe;
import dev.objectos.runtime.health.probe.EventProbe;
import dev.objectos.runtime.health.probe.FileStoreProbe;
import dev.objectos.runtime.plugin.trust.TrustMode;
import dev.objectos.runtime.spi.Doctor;
import dev.objectos.runtime.spi.DoctorFinding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/** Examines an installation check by check; changes nothing. */
public final class InstallationDoctor implements Doctor {

    private final List<Check> checks;

    private InstallationDoctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** Every check. */
    public static InstallationDoctor of(Installation installation) {
        DataSource worker = installation.databases().worker();
        DSLContext sql = DSL.using(worker, SQLDialect.POSTGRES, new Settings().withFetchWarnings(false));
        HealthProperties limits = installation.limits();
        var checks = new ArrayList<>(machine(installation.home(), limits, installation.trust()));
        checks.add(new ServerVersion(sql));
        checks.add(new PoolSizes(sql, installation.pools()));
        checks.add(new ProbeCheck(new ClockProbe(worker, installation.clock(), limits.clockSkew()),
                "let both machines take the time from the same source (NTP)"));
        checks.addAll(Walls.of(sql, installation.databases().roles()));
        checks.add(new MetadataCheck(installation.catalogs()));
        checks.add(new CatalogTables(sql, installation.catalogs()));
        checks.addAll(Ledger.of(sql));
        checks.add(FileLedger.of(sql));
        installation.files().forEach(store -> checks.add(new ProbeCheck(new FileStoreProbe(store),
                "mend what it says; until then files cannot be sent or read")));
        checks.add(new IndexUse(installation.databases().diagnostics()));
        checks.add(new ProbeCheck(new EventProbe(worker, limits.eventDelay()),
                "look at GET /api/automation/dead-letters, mend the cause, then replay or discard; events that wait need "
                        + "a running server"));
        return new InstallationDoctor(checks);
    }

    /** The checks that need no database. */
    public static InstallationDoctor withoutDatabase(Path home, HealthProperties limits, TrustMode trust) {
        return new InstallationDoctor(machine(home, limits, trust));
    }

    private static List<Check> machine(Path home, HealthProperties limits, TrustMode trust) {
        return List.of(new JavaVersion(Runtime.version()),
                new ProbeCheck(new DiskSpaceProbe(home, limits.freeSpace()), "make room, or move OBJECTOS_HOME"),
                new SecretFiles(home), new TrustCheck(trust));
    }

    @Override
    public List<DoctorFinding> examine() {
        return checks.stream().map(InstallationDoctor::examine).toList();
    }

    /** A check that throws is a finding, not the end of the examination. */
    private static DoctorFinding examine(Check check) {
        try {
            return check.examine();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            Throwable reason = e.getCause() == null ? e : e.getCause();
            return DoctorFinding.fail(check.name(), "could not be examined: " + reason.getMessage(),
                    "look into the logs of server and database");
        }
    }
}
