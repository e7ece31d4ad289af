package dev.objectos.workflow.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.workflow.NextStatesController;
import dev.objectos.workflow.RecordWorkflows;
import dev.objectos.workflow.WorkflowController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoints under {@code /api/workflow}, and what metadata say of workflows. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(RecordWorkflows.class)
class WorkflowWeb {

    @Bean
    WorkflowController workflowController(RecordWorkflows workflows) {
        return new WorkflowController(workflows);
    }

    @Bean
    NextStatesController nextStatesController(Catalogs catalogs, ObjectRights rights) {
        return new NextStatesController(catalogs, rights);
    }
}
