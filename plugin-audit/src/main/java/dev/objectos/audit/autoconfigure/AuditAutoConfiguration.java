package dev.objectos.audit.autoconfigure;

import dev.objectos.audit.AuditPlugin;
import dev.objectos.audit.AuditProperties;
import dev.objectos.audit.alert.AlertKeeper;
import dev.objectos.audit.alert.AlertRules;
import dev.objectos.audit.alert.Alerts;
import dev.objectos.audit.entry.AlertRecorder;
import dev.objectos.audit.entry.AuditRecorder;
import dev.objectos.audit.entry.AuditedBin;
import dev.objectos.audit.entry.AuditedRecords;
import dev.objectos.audit.entry.EntryStore;
import dev.objectos.audit.entry.MetadataRecorder;
import dev.objectos.audit.entry.PlatformRecorder;
import dev.objectos.audit.entry.ReadRecorder;
import dev.objectos.audit.entry.SecurityRecorder;
import dev.objectos.audit.partition.PartitionKeeper;
import dev.objectos.audit.partition.Partitions;
import dev.objectos.audit.partition.Retention;
import dev.objectos.audit.seal.Archives;
import dev.objectos.audit.seal.HeadFile;
import dev.objectos.audit.seal.RetirementKeeper;
import dev.objectos.audit.seal.Retiring;
import dev.objectos.audit.seal.SealKeeper;
import dev.objectos.audit.seal.Sealer;
import dev.objectos.audit.seal.SigningKey;
import dev.objectos.audit.seal.Verifier;
import dev.objectos.audit.view.LogReads;
import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.mail.Mail;
import dev.objectos.runtime.mail.MailServer;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.runtime.spi.UserSessions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.function.SingletonSupplier;

/** Adds the plugin {@value AuditPlugin#ID} to the server. */
@AutoConfiguration(afterName = {"dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration",
        "dev.objectos.runtime.autoconfigure.EventAutoConfiguration"})
@Import(AuditWeb.class)
public final class AuditAutoConfiguration {

    @Bean
    AuditPlugin objectOsAuditPlugin() {
        return new AuditPlugin();
    }

    /** What writes entries, and keeps a place for them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({Catalogs.class, DataSource.class})
    @EnableConfigurationProperties(AuditProperties.class)
    static class Writing {

        @Bean
        Retention auditRetention(AuditProperties properties) {
            return new Retention(properties.retentionDays(), properties.tenantRetentionDays());
        }

        @Bean
        AuditRecorder auditRecorder(Retention retention) {
            return new AuditRecorder(retention);
        }

        @Bean
        LogReads auditLogReads() {
            return new LogReads();
        }

        @Bean
        EntryStore auditEntries(DataSource worker) {
            return new EntryStore(worker);
        }

        @Bean
        Partitions auditPartitions(DataSource worker) {
            return new Partitions(worker);
        }

        @Bean(initMethod = "start")
        PartitionKeeper auditPartitionKeeper(Partitions partitions, Retention retention, Catalogs catalogs,
                Clock clock) {
            return new PartitionKeeper(partitions, retention, catalogs, clock);
        }

        @Bean
        SecurityRecorder auditSecurityRecorder(EntryStore entries, Retention retention) {
            return new SecurityRecorder(entries, retention);
        }

        @Bean
        MetadataRecorder auditMetadataRecorder(EntryStore entries, Retention retention) {
            return new MetadataRecorder(entries, retention);
        }

        @Bean
        PlatformRecorder auditPlatformRecorder(EntryStore entries, Retention retention, EventBus bus, Clock clock) {
            return new PlatformRecorder(entries, retention, bus, clock);
        }
    }

    /** Stands before whoever reads records; wired late, for everything needs records. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({Catalogs.class, DataSource.class})
    static class Reading {

        @Bean
        static BeanPostProcessor auditedRecords(ObjectProvider<EntryStore> entries, ObjectProvider<Retention> retention,
                ObjectProvider<ObjectRights> rights, ObjectProvider<Catalogs> catalogs, ObjectProvider<Clock> clock) {
            Supplier<Catalogs> snapshots = once(catalogs);
            var recorder = new ReadRecorder(once(entries), once(retention), once(rights),
                    () -> snapshots.get().current(), once(clock));
            return new BeanPostProcessor() {

                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return switch (bean) {
                        case Records records -> new AuditedRecords(records, recorder);
                        case RecycleBin bin -> new AuditedBin(bin, recorder);
                        default -> bean;
                    };
                }
            };
        }

        /** Remembered, for a provider looks for its bean anew each time, and every read asks. */
        private static <T> Supplier<T> once(ObjectProvider<T> provider) {
            return SingletonSupplier.of(provider::getObject);
        }
    }

    /** What tells people. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({Catalogs.class, DataSource.class, Notifications.class})
    static class Alerting {

        @Bean
        Alerts auditAlerts(Catalogs catalogs, DataSource worker, EntryStore entries, Retention retention,
                ObjectProvider<UserSessions> users, Notifications notifications, ObjectProvider<MailServer> mails,
                Clock clock) {
            MailServer server = mails.getIfAvailable();
            Consumer<Mail> way = server != null && server.configured() ? server::send : null;
            return new Alerts(catalogs, worker, new AlertRecorder(entries, retention),
                    () -> Optional.ofNullable(users.getIfAvailable()), notifications, way, clock);
        }

        @Bean(initMethod = "start")
        AlertKeeper auditAlertKeeper(Alerts alerts, AuditProperties properties) {
            return new AlertKeeper(alerts, properties.alerts());
        }

        @Bean
        MetadataCheck auditAlertCheck() {
            return AlertRules::violations;
        }
    }

    /** What proves the trail. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DataSource.class)
    static class Sealing {

        @Bean
        SigningKey auditSigningKey(@Value("${objectos.home:.objectos}") Path home) {
            return SigningKey.in(home);
        }

        @Bean
        HeadFile auditHeadFile(@Value("${objectos.home:.objectos}") Path home) {
            return new HeadFile(home);
        }

        @Bean
        Sealer auditSealer(DataSource worker, SigningKey key, HeadFile head, Clock clock) {
            return new Sealer(worker, key, head, clock);
        }

        @Bean(initMethod = "start")
        SealKeeper auditSealKeeper(Sealer sealer, AuditProperties properties) {
            return new SealKeeper(sealer, properties.seal());
        }

        @Bean
        Verifier auditVerifier(DataSource worker, SigningKey key, HeadFile head, AuditProperties properties) {
            return new Verifier(worker, key, head, archives(properties));
        }

        @Bean(initMethod = "start")
        RetirementKeeper auditRetirementKeeper(DataSource worker, Partitions partitions, SigningKey key,
                AuditProperties properties, Clock clock) {
            return new RetirementKeeper(new Retiring(worker, partitions, key, archives(properties), clock));
        }

        private static @Nullable Archives archives(AuditProperties properties) {
            Path directory = properties.archive().directory();
            return directory == null ? null : new Archives(directory);
        }
    }
}
