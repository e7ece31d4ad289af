package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.action.ActionHandlers;
import dev.objectos.runtime.action.ActionRunner;
import dev.objectos.runtime.action.GivenParameters;
import dev.objectos.runtime.action.ObjectActions;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.service.ServiceDirectory;
import dev.objectos.runtime.spi.ActionHandler;
import dev.objectos.runtime.spi.ActionRights;
import dev.objectos.runtime.spi.Actions;
import dev.objectos.runtime.spi.MetadataCheck;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.Parameters;
import dev.objectos.runtime.spi.Records;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;

/** Wires the actions of objects and whatever does them. */
@AutoConfiguration(after = {RuntimeAutoConfiguration.class, ServiceAutoConfiguration.class})
public final class ActionAutoConfiguration {

    /** In whose name services are used that actions name. */
    private static final String USER = "objectos";

    @Bean
    ActionHandlers actionHandlers(ObjectProvider<ActionHandler> handlers) {
        return new ActionHandlers(SingletonSupplier.of(() -> handlers.orderedStream().toList()));
    }

    @Bean
    Actions actions(Catalogs catalogs, Records records, ObjectRights objects, ObjectProvider<ActionRights> rights,
            ActionHandlers handlers, ServiceDirectory services, Clock clock) {
        return new ActionRunner(catalogs, records, objects,
                SingletonSupplier.of(() -> rights.getIfAvailable(() -> ActionRights.OPEN)), handlers,
                services.of(USER), clock);
    }

    @Bean
    Parameters parameters(Records records) {
        return new GivenParameters(records);
    }

    @Bean
    MetadataCheck actionCheck() {
        return ObjectActions.check();
    }
}
