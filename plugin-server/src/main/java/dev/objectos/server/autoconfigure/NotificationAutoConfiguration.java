package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.notification.Notifications;
import dev.objectos.server.notification.NotificationController;
import dev.objectos.server.notification.PreferenceController;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Shows people what they were told, and asks what they want to be told. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.EventAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Notifications.class, JsonBodies.class})
public final class NotificationAutoConfiguration {

    @Bean
    NotificationController objectOsNotificationController(Notifications notifications, JsonBodies bodies) {
        return new NotificationController(notifications, bodies);
    }

    @Bean
    PreferenceController objectOsPreferenceController(Notifications notifications, JsonBodies bodies) {
        return new PreferenceController(notifications, bodies);
    }
}
