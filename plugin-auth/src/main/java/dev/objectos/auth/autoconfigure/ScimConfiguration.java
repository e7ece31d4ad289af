package dev.objectos.auth.autoconfigure;

import dev.objectos.auth.administration.Members;
import dev.objectos.auth.administration.UserChanges;
import dev.objectos.auth.role.KnownRoles;
import dev.objectos.auth.scim.ScimGroupController;
import dev.objectos.auth.scim.ScimGroups;
import dev.objectos.auth.scim.ScimRefusals;
import dev.objectos.auth.scim.ScimServiceController;
import dev.objectos.auth.scim.ScimUserController;
import dev.objectos.auth.scim.ScimUsers;
import dev.objectos.auth.security.SecurityEvents;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires SCIM. */
@Configuration(proxyBeanMethods = false)
class ScimConfiguration {

    @Bean
    ScimUserController scimUserController(Members members, UserChanges changes, KnownRoles known,
            SecurityEvents events, DataSource worker, Clock clock) {
        return new ScimUserController(new ScimUsers(members, changes, known, events, worker, clock));
    }

    @Bean
    ScimGroupController scimGroupController(Members members, KnownRoles known, SecurityEvents events,
            DataSource worker, Clock clock) {
        return new ScimGroupController(new ScimGroups(members, known, events, worker, clock));
    }

    @Bean
    ScimServiceController scimServiceController() {
        return new ScimServiceController();
    }

    @Bean
    ScimRefusals scimRefusals() {
        return new ScimRefusals();
    }
}
