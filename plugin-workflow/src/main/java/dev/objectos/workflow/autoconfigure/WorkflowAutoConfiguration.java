package dev.objectos.workflow.autoconfigure;

import dev.objectos.runtime.event.EventBus;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.notification.Notifications;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.ChangeRecorder;
import dev.objectos.runtime.spi.EventSubscriptions;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.Records;
import dev.objectos.workflow.MachineVersions;
import dev.objectos.workflow.RecordWorkflows;
import dev.objectos.workflow.StateGuard;
import dev.objectos.workflow.TransitionInterceptor;
import dev.objectos.workflow.WorkflowPlugin;
import dev.objectos.workflow.WorkflowPublication;
import dev.objectos.workflow.WorkflowRecorders;
import dev.objectos.workflow.WorkflowRules;
import dev.objectos.workflow.WorkflowStore;
import dev.objectos.workflow.definition.Workflows;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Adds the plugin {@value WorkflowPlugin#ID} to the server. */
@AutoConfiguration(afterName = "dev.objectos.runtime.autoconfigure.EventAutoConfiguration")
@Import({WorkflowAutoConfiguration.Engine.class, WorkflowWeb.class})
public final class WorkflowAutoConfiguration {

    @Bean
    WorkflowPlugin objectOsWorkflowPlugin() {
        return new WorkflowPlugin();
    }

    /** What runs workflows, where there are records. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(EventSubscriptions.class)
    static class Engine {

        @Bean
        MetadataCheck workflowCheck() {
            return catalog -> Workflows.of(catalog).violations();
        }

        @Bean
        WorkflowStore workflowStore(DataSource worker) {
            return new WorkflowStore(worker);
        }

        @Bean
        MachineVersions workflowVersions(WorkflowStore store) {
            return new MachineVersions(store);
        }

        @Bean
        TransitionInterceptor transitionInterceptor(Catalogs catalogs, MachineVersions versions,
                ObjectProvider<ActionRights> rights) {
            return new TransitionInterceptor(catalogs, versions, rights.getIfAvailable(() -> ActionRights.OPEN));
        }

        @Bean
        StateGuard workflowStateGuard(Catalogs catalogs) {
            return new StateGuard(catalogs);
        }

        @Bean
        ChangeRecorder workflowInstances() {
            return WorkflowRecorders.instances();
        }

        @Bean
        ChangeRecorder workflowHistory() {
            return WorkflowRecorders.history();
        }

        @Bean
        RecordWorkflows recordWorkflows(Catalogs catalogs, Records records, WorkflowStore store,
                MachineVersions versions, ObjectProvider<ActionRights> rights, Clock clock) {
            return new RecordWorkflows(catalogs, records, store, versions,
                    rights.getIfAvailable(() -> ActionRights.OPEN), clock);
        }

        @Bean
        WorkflowRules workflowRules(RecordWorkflows workflows) {
            return new WorkflowRules(workflows);
        }

        @Bean
        WorkflowPublication workflowPublication(Catalogs catalogs, WorkflowStore store, Records records,
                Notifications notifications, EventSubscriptions subscriptions, EventBus bus) {
            return new WorkflowPublication(catalogs, store, records, notifications, subscriptions, bus);
        }
    }
}
