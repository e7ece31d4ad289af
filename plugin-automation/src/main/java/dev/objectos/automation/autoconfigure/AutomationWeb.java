package dev.objectos.automation.autoconfigure;

import dev.objectos.automation.DeadLetterController;
import dev.objectos.automation.RunController;
import dev.objectos.automation.TriggerController;
import dev.objectos.automation.run.RunLog;
import dev.objectos.automation.run.RunReplay;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.DeadLetters;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The endpoints under {@code /api/automation}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
class AutomationWeb {

    @Bean
    DeadLetterController objectOsDeadLetterController(DeadLetters letters) {
        return new DeadLetterController(letters);
    }

    @Bean
    TriggerController objectOsTriggerController(Catalogs catalogs) {
        return new TriggerController(catalogs);
    }

    @Bean
    RunController objectOsRunController(RunLog log, RunReplay replay) {
        return new RunController(log, replay);
    }
}
