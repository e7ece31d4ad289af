package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.account.PasswordStore;
import dev.objectos.auth.administration.BanController;
import dev.objectos.auth.administration.ImpersonationController;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.administration.TenantUsers;
import dev.objectos.auth.administration.UserChanges;
import dev.objectos.auth.administration.UserController;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.role.RoleTable;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.systemobject.SystemReads;
import dev.objectos.auth.systemobject.SystemWrites;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.RoleNames;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what administrators do to the people of their tenant. */
@Configuration(proxyBeanMethods = false)
class AdministrationConfiguration {

    @Bean
    Members members(AccountRepository accounts, MembershipRepository memberships, Accounts people, Logins logins,
            DataSource worker, PlatformTransactionManager transactions, Clock clock) {
        return new Members(accounts, memberships, people, logins, worker, new TransactionTemplate(transactions),
                clock);
    }

    @Bean
    KnownRoles knownRoles(Catalogs catalogs, ObjectProvider<RoleNames> sources) {
        return new KnownRoles(catalogs, () -> sources.orderedStream().toList());
    }

    @Bean
    RoleTable roleTable(KnownRoles known, Catalogs catalogs, DataSource worker,
            PlatformTransactionManager transactions, Clock clock) {
        var table = new RoleTable(known, catalogs, worker, new TransactionTemplate(transactions), clock);
        table.follow();
        return table;
    }

    @Bean
    TenantUsers tenantUsers(DataSource worker, Avatars avatars, Clock clock) {
        return new TenantUsers(worker, avatars, clock);
    }

    @Bean
    UserChanges userChanges(Accounts accounts, Avatars avatars, Members members, Passwords passwords,
            PasswordRules rules, PasswordStore store, Logins logins) {
        return new UserChanges(accounts, avatars, members, passwords, rules, store, logins);
    }

    @Bean
    UserController userController(Members members, TenantUsers users, UserChanges changes, KnownRoles known,
            SecurityEvents events) {
        return new UserController(members, users, changes, known, events);
    }

    @Bean
    BanController banController(Members members, TenantUsers users, Logins logins, SecurityEvents events, Clock clock) {
        return new BanController(members, users, logins, events, clock);
    }

    @Bean
    ImpersonationController impersonationController(Members members, Logins logins, SessionCookie cookies,
            SignInAnswers answers, SessionProperties properties, SecurityEvents events) {
        return new ImpersonationController(members, logins, cookies, answers, properties, events);
    }

    @Bean
    SystemReads systemReads() {
        return new SystemReads();
    }

    @Bean
    SystemWrites systemWrites() {
        return new SystemWrites();
    }
}
