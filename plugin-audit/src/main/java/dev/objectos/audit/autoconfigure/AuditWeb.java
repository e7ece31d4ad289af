package dev.objectos.audit.autoconfigure;

import dev.objectos.audit.AuditController;
import dev.objectos.audit.ReportController;
import dev.objectos.audit.VerifyController;
import dev.objectos.audit.entry.EntryStore;
import dev.objectos.audit.entry.TrailExports;
import dev.objectos.audit.partition.Retention;
import dev.objectos.audit.report.Reports;
import dev.objectos.audit.seal.Sealer;
import dev.objectos.audit.seal.Verifier;
import dev.objectos.audit.view.Trail;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoints under {@code /api/audit}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Catalogs.class, Records.class})
class AuditWeb {

    @Bean
    Trail auditTrail(EntryStore entries, Records records, Catalogs catalogs, ObjectRights rights) {
        return new Trail(entries, () -> records, catalogs::current, rights);
    }

    @Bean
    AuditController auditController(Trail trail) {
        return new AuditController(trail);
    }

    @Bean
    VerifyController auditVerifyController(Sealer sealer, Verifier verifier) {
        return new VerifyController(sealer, verifier);
    }

    @Bean
    ReportController auditReportController(DataSource worker, Trail trail, EntryStore entries, Retention retention,
            Clock clock) {
        return new ReportController(new Reports(worker), trail, new TrailExports(entries, retention, clock), clock);
    }
}
