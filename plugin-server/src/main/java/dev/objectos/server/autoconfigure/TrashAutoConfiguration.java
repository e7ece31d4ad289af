package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.spi.ObjectRights;
import dev.objectos.runtime.spi.RecycleBin;
import dev.objectos.server.record.TrashController;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Serves the recycle bin. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.EventAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({RecycleBin.class, JsonBodies.class})
public final class TrashAutoConfiguration {

    @Bean
    TrashController objectOsTrashController(RecycleBin bin, Catalogs catalogs, JsonBodies bodies,
            ObjectRights rights) {
        return new TrashController(bin, catalogs, bodies, rights);
    }
}
