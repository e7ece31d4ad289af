package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.apikey.ApiKeyController;
import dev.objectos.auth.apikey.ApiKeyStore;
import dev.objectos.auth.apikey.ApiKeys;
import dev.objectos.auth.apikey.KeyOwners;
import dev.objectos.auth.apikey.ServiceAccountController;
import dev.objectos.auth.apikey.ServiceAccounts;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.scope.ScopeFilter;
import dev.objectos.auth.scope.ScopedReads;
import dev.objectos.auth.scope.ScopedWrites;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.CredentialCache;
import dev.objectos.auth.session.DutyRoster;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.PathRights;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires API keys, service accounts and what scopes limit. */
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {

    @Bean
    ApiKeys apiKeys(DataSource worker, AccountRepository accounts, SessionFactory sessions, DutyRoster duties,
            CredentialCache known, Clock clock) {
        return new ApiKeys(new ApiKeyStore(worker), accounts, sessions, duties, known, clock);
    }

    @Bean
    ServiceAccounts serviceAccounts(Accounts accounts, DataSource worker, CredentialCache known) {
        return new ServiceAccounts(accounts, worker, known);
    }

    @Bean
    KeyOwners keyOwners(ServiceAccounts services, AccountRepository accounts, MembershipRepository memberships) {
        return new KeyOwners(services, accounts, memberships);
    }

    @Bean
    ApiKeyController apiKeyController(ApiKeys keys, KeyOwners owners, Catalogs catalogs, SecurityEvents events,
            Clock clock) {
        return new ApiKeyController(keys, owners, catalogs, events, clock);
    }

    @Bean
    ServiceAccountController serviceAccountController(ServiceAccounts services, KnownRoles known,
            SecurityEvents events) {
        return new ServiceAccountController(services, known, events);
    }

    @Bean
    ScopedReads scopedReads() {
        return new ScopedReads();
    }

    @Bean
    ScopedWrites scopedWrites() {
        return new ScopedWrites();
    }

    @Bean
    PathRights scopedPaths() {
        return ScopeFilter::lets;
    }
}
