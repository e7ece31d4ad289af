package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.PublicAddress;
import dev.objectos.auth.account.AccountRepository;
import dev.objectos.auth.account.Accounts;
import dev.objectos.auth.account.Avatars;
import dev.objectos.auth.account.MembershipRepository;
import dev.objectos.auth.account.PasswordRules;
import dev.objectos.auth.administration.Members;
import dev.objectos.auth.background.BackgroundWork;
import dev.objectos.auth.link.Links;
import dev.objectos.auth.mail.AccountMails;
import dev.objectos.auth.organization.InvitationAnswers;
import dev.objectos.auth.organization.InvitationController;
import dev.objectos.auth.organization.InvitationMails;
import dev.objectos.auth.organization.InvitationStore;
import dev.objectos.auth.organization.Invitations;
import dev.objectos.auth.organization.MemberAnswers;
import dev.objectos.auth.organization.MemberController;
import dev.objectos.auth.organization.OrganizationController;
import dev.objectos.auth.organization.OrganizationProperties;
import dev.objectos.auth.organization.Organizations;
import dev.objectos.auth.organization.Seats;
import dev.objectos.auth.organization.TenantErasure;
import dev.objectos.auth.organization.TenantExport;
import dev.objectos.auth.organization.TenantPlacement;
import dev.objectos.auth.organization.TenantRemoval;
import dev.objectos.auth.password.Passwords;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SessionFactory;
import dev.objectos.auth.session.SessionProperties;
import dev.objectos.auth.signin.SignIn;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.tenant.TenantRepository;
import dev.objectos.auth.token.OneTimeTokens;
import dev.objectos.runtime.cache.Caches;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.StartingRecords;
import dev.objectos.runtime.spi.SystemRights;
import dev.objectos.runtime.storage.KeyValueStores;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires tenants, who belongs to them, and which one a request is meant for. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OrganizationProperties.class)
class OrganizationConfiguration {

    @Bean
    TenantPlacement tenantPlacement(TenantRepository tenants, Accounts accounts, SessionFactory sessions,
            OrganizationProperties properties, SessionProperties session, SecurityEvents events) {
        return new TenantPlacement(tenants, accounts, sessions, properties, session, events);
    }

    @Bean
    Organizations organizations(TenantRepository tenants, Accounts accounts, StartingRecords starting, Logins logins,
            PlatformTransactionManager transactions, Clock clock) {
        return new Organizations(tenants, accounts, starting, logins, new TransactionTemplate(transactions), clock);
    }

    @Bean
    Seats seats(TenantRepository tenants, MembershipRepository memberships, ObjectProvider<SystemRights> rights,
            Clock clock) {
        return new Seats(tenants, memberships, AuthAutoConfiguration.said(rights), clock);
    }

    @Bean
    TenantErasure tenantErasure(TenantRepository tenants, KeyValueStores stores, Caches caches, BackgroundWork work) {
        return new TenantErasure(tenants, stores, caches, work);
    }

    @Bean
    OrganizationController organizationController(Organizations organizations, Seats seats, Members members,
            Records records, Catalogs catalogs, DataSource worker, PlatformTransactionManager transactions,
            TenantErasure erasure, Logins logins, OrganizationProperties properties, SecurityEvents events,
            MemberAnswers answers, InvitationAnswers invitations, Clock clock) {
        return new OrganizationController(organizations, seats, members, new TenantExport(records, catalogs, clock),
                new TenantRemoval(worker, new TransactionTemplate(transactions)), erasure, logins, properties, events,
                answers, invitations);
    }

    @Bean
    MemberAnswers memberAnswers(Avatars avatars, Clock clock) {
        return new MemberAnswers(avatars, clock);
    }

    @Bean
    MemberController memberController(Seats seats, Members members, Accounts accounts, KnownRoles known,
            SecurityEvents events, MemberAnswers answers) {
        return new MemberController(seats, members, accounts, known, events, answers);
    }

    @Bean
    Invitations invitations(OneTimeTokens tokens, Accounts accounts, AccountRepository known,
            MembershipRepository memberships, Passwords passwords, PasswordRules rules,
            OrganizationProperties properties, DataSource worker, ObjectProvider<SystemRights> rights, Clock clock) {
        return new Invitations(new InvitationStore(worker, clock), tokens, accounts, known, memberships, passwords,
                rules, properties, AuthAutoConfiguration.said(rights), clock);
    }

    @Bean
    InvitationAnswers invitationAnswers(Invitations invitations, Clock clock) {
        return new InvitationAnswers(invitations, clock);
    }

    @Bean
    InvitationMails invitationMails(Invitations invitations, Organizations organizations, Accounts accounts,
            AccountMails mails, Links links, BackgroundWork work) {
        return new InvitationMails(invitations, organizations, accounts, mails, links, work);
    }

    @Bean
    InvitationController invitationController(Invitations invitations, InvitationMails mails,
            Organizations organizations, Seats seats, Members members, MemberAnswers memberAnswers, KnownRoles known,
            Logins logins, SignIn signIn, SignInAnswers answers, InvitationAnswers shown, PublicAddress address,
            SecurityEvents events) {
        return new InvitationController(invitations, mails, organizations, seats, members, memberAnswers, known, logins,
                signIn, answers, shown, address, events);
    }
}
