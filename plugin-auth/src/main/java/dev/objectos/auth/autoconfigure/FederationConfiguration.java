package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.identity.LinkedIdentities;
import dev.objectos.auth.identity.OutsideAccounts;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.tenant.TenantRepository;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what lets people in who are known elsewhere. */
@Configuration(proxyBeanMethods = false)
class FederationConfiguration {

    @Bean
    LinkedIdentities linkedIdentities(DataSource worker, Clock clock) {
        return new LinkedIdentities(worker, clock);
    }

    @Bean
    OutsideAccounts outsideAccounts(LinkedIdentities links, Accounts accounts, MembershipRepository memberships,
            TenantRepository tenants, PlatformTransactionManager transactions, SecurityEvents events) {
        return new OutsideAccounts(links, accounts, memberships, tenants, new TransactionTemplate(transactions),
                events);
    }
}
