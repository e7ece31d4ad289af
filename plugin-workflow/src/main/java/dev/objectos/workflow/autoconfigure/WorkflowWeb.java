package dev.objectos.workflow.autoconfigure;

import dev.objectos.workflow.RecordWorkflows;
import dev.objectos.workflow.WorkflowController;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoints under {@code /api/workflow}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(RecordWorkflows.class)
class WorkflowWeb {

    @Bean
    WorkflowController workflowController(RecordWorkflows workflows) {
        return new WorkflowController(workflows);
    }
}
