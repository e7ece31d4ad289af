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
import dev.objectos.auth.transport.DeclaredParameters;
import java.time.Clock;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** Wires SCIM. */
@Configuration(proxyBeanMethods = false)
class ScimConfiguration {

    /** What every request may ask for of the resources in its answer. */
    private static final Set<String> SHARED = Set.of("attributes", "excludedAttributes");

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
    MappedInterceptor declaredScimParameters() {
        return new MappedInterceptor(new String[]{"/scim/v2/**"}, new DeclaredParameters(SHARED));
    }

    @Bean
    ScimRefusals scimRefusals() {
        return new ScimRefusals();
    }
}
