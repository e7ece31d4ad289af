package dev.objectos.automation.autoconfigure;

import dev.objectos.automation.AutomationPlugin;
import dev.objectos.automation.AutomationProperties;
import dev.objectos.automation.run.Messages;
import dev.objectos.automation.run.RefusedChanges;
import dev.objectos.automation.run.RunExecutor;
import dev.objectos.automation.run.RunKeeper;
import dev.objectos.automation.run.RunLog;
import dev.objectos.automation.run.RunRecorder;
import dev.objectos.automation.run.RunReplay;
import dev.objectos.automation.run.RunSubscription;
import dev.objectos.automation.run.TriggerInterceptor;
import dev.objectos.automation.trigger.Triggers;
import dev.objectos.runtime.mail.MailServer;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.RecordTransitions;
import dev.objectos.runtime.spi.Records;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Adds the plugin {@value AutomationPlugin#ID} to the server. */
@AutoConfiguration(afterName = {"dev.objectos.runtime.autoconfigure.RuntimeAutoConfiguration",
        "dev.objectos.runtime.autoconfigure.EventAutoConfiguration",
        "dev.objectos.runtime.autoconfigure.MailAutoConfiguration"})
@Import(AutomationWeb.class)
public final class AutomationAutoConfiguration {

    @Bean
    AutomationPlugin objectOsAutomationPlugin() {
        return new AutomationPlugin();
    }

    /** What takes part in the change itself; knows nothing of who writes records. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(Catalogs.class)
    @EnableConfigurationProperties(AutomationProperties.class)
    static class InTheChange {

        @Bean
        MetadataCheck triggerCheck() {
            return catalog -> Triggers.of(catalog).violations();
        }

        @Bean
        RefusedChanges refusedChanges() {
            return new RefusedChanges();
        }

        @Bean
        TriggerInterceptor triggerInterceptor(Catalogs catalogs, AutomationProperties properties,
                RefusedChanges refusals) {
            return new TriggerInterceptor(catalogs, AutomationPlugin.ID, properties.depth(), refusals);
        }

        @Bean
        RunRecorder runRecorder() {
            return new RunRecorder();
        }
    }

    /** What is done because of a change. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean({Records.class, EventSubscriptions.class})
    static class AfterTheChange {

        @Bean
        RunLog runLog(DataSource worker) {
            return new RunLog(worker);
        }

        @Bean
        RunExecutor runExecutor(Catalogs catalogs, RunLog log, Records records, MailServer mails,
                Notifications notifications, ObjectProvider<RecordTransitions> transitions,
                ObjectProvider<Actions> actions) {
            return new RunExecutor(catalogs, log, records, new Messages(mails, notifications),
                    () -> Optional.ofNullable(transitions.getIfAvailable()),
                    () -> Optional.ofNullable(actions.getIfAvailable()));
        }

        @Bean
        RunReplay runReplay(RunExecutor executor) {
            return new RunReplay(executor);
        }

        @Bean(initMethod = "start")
        RunSubscription runSubscription(Catalogs catalogs, EventSubscriptions subscriptions, RunLog log,
                RunExecutor executor) {
            return new RunSubscription(catalogs, subscriptions, log, executor);
        }

        @Bean(initMethod = "start")
        RunKeeper runKeeper(RunLog log, RunExecutor executor, RefusedChanges refusals,
                AutomationProperties properties) {
            return new RunKeeper(log, executor, refusals, properties.keep());
        }
    }
}
