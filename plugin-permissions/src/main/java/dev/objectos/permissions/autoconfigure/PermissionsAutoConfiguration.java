package dev.objectos.permissions.autoconfigure;

import dev.objectos.permissions.PermissionActions;
import dev.objectos.permissions.PermissionItems;
import dev.objectos.permissions.PermissionRewriter;
import dev.objectos.permissions.PermissionRights;
import dev.objectos.permissions.PermissionsPlugin;
import dev.objectos.permissions.RecordSharing;
import dev.objectos.permissions.api.PermissionController;
import dev.objectos.permissions.api.PreviewController;
import dev.objectos.permissions.api.ShareController;
import dev.objectos.permissions.definition.Permissions;
import dev.objectos.permissions.definition.RevealingRules;
import dev.objectos.permissions.explain.DeedExplainer;
import dev.objectos.permissions.explain.Explainer;
import dev.objectos.permissions.limit.ActionRuns;
import dev.objectos.permissions.preview.Previewer;
import dev.objectos.permissions.rights.Authorities;
import dev.objectos.permissions.rights.ManagedPeople;
import dev.objectos.permissions.rights.RightsByCatalog;
import dev.objectos.permissions.share.ShareKeeper;
import dev.objectos.permissions.share.Shares;
import dev.objectos.permissions.trial.PermissionTests;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.CatalogPreview;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.ProcessRules;
import dev.objectos.runtime.spi.RecordFilters;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.RoleDirectory;
import dev.objectos.runtime.spi.RoleNames;
import dev.objectos.runtime.spi.SecurityListener;
import dev.objectos.runtime.spi.SystemRights;
import dev.objectos.runtime.spi.UserSessions;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/** Adds the plugin {@value PermissionsPlugin#ID} to the server. */
@AutoConfiguration(afterName = {"dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration",
        "dev.objectos.auth.autoconfigure.AuthAutoConfiguration"})
public final class PermissionsAutoConfiguration {

    @Bean
    PermissionsPlugin objectOsPermissionsPlugin() {
        return new PermissionsPlugin();
    }

    @Bean
    MetadataCheck permissionCheck() {
        return catalog -> Permissions.of(catalog).violations();
    }

    @Bean
    MetadataCheck revealingRules() {
        return RevealingRules::in;
    }

    @Bean
    RoleNames permissionNames() {
        return catalog -> Permissions.of(catalog).names();
    }

    @Bean
    MetadataCheck permissionTests(@Lazy ObjectRights access, Clock clock) {
        return new PermissionTests(access, clock)::run;
    }

    /** Records are read by it while they are narrowed by it: the two meet when the first request does. */
    @Bean
    RightsByCatalog permissionRightsByCatalog(@Lazy Records records, Catalogs catalogs) {
        return new RightsByCatalog(new ManagedPeople(records, catalogs));
    }

    @Bean
    PermissionRewriter permissionRewriter(RightsByCatalog rights) {
        return new PermissionRewriter(rights);
    }

    @Bean
    PermissionRights permissionWriteRights(RightsByCatalog rights) {
        return new PermissionRights(rights);
    }

    @Bean
    PermissionActions permissionActions(RightsByCatalog rights, DataSource worker, Clock clock) {
        return new PermissionActions(rights, new ActionRuns(worker, clock));
    }

    @Bean
    PermissionItems permissionItems(RightsByCatalog rights) {
        return new PermissionItems(rights);
    }

    @Bean(initMethod = "start")
    ShareKeeper shareKeeper(DataSource worker, Catalogs catalogs, RecordFilters filters, RecycleBin bin) {
        return new ShareKeeper(new Shares(worker), catalogs, filters, bin);
    }

    @Bean
    SystemRights permissionAuthorities(Catalogs catalogs) {
        return (tenant, roles, platformAdministrator) -> Authorities.of(catalogs.current()).of(tenant, roles,
                platformAdministrator);
    }

    @Bean
    Explainer permissionExplainer(RightsByCatalog rights, @Lazy RecordFilters filters,
            @Lazy ObjectRights access) {
        return new Explainer(rights, filters, access);
    }

    @Bean
    DeedExplainer permissionDeedExplainer(Explainer explainer, RightsByCatalog rights, @Lazy RecordFilters filters,
            @Lazy Actions actions, ObjectProvider<ProcessRules> processes) {
        return new DeedExplainer(explainer, rights, filters, actions, processes);
    }

    @Bean
    @ConditionalOnBean(UserSessions.class)
    PermissionController permissionController(Catalogs catalogs, RightsByCatalog rights, DeedExplainer explainer,
            ObjectRights access, UserSessions users) {
        return new PermissionController(catalogs, rights, explainer, access, users);
    }

    @Bean
    RecordSharing recordSharing(Catalogs catalogs, RightsByCatalog rights, Records records, RecordFilters filters,
            ObjectProvider<RoleDirectory> roles, DataSource worker, ObjectProvider<SecurityListener> listeners,
            EventBus bus, Clock clock) {
        return new RecordSharing(catalogs, rights, records, filters, roles.getIfAvailable(() -> RoleDirectory.OPEN),
                new Shares(worker), event -> {
                    listeners.orderedStream().forEach(listener -> listener.happened(event));
                    bus.publish(event);
                }, clock);
    }

    @Bean
    ShareController shareController(RecordSharing sharing) {
        return new ShareController(sharing);
    }

    @Bean
    @ConditionalOnBean(UserSessions.class)
    PreviewController permissionPreview(Catalogs catalogs, CatalogPreview previews, RightsByCatalog rights,
            ObjectRights access, RecordFilters filters, UserSessions users) {
        return new PreviewController(new Previewer(catalogs, previews, rights, access, filters, users));
    }
}
