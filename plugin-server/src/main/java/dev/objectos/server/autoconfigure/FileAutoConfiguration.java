package dev.objectos.server.autoconfigure;

import dev.objectos.runtime.storage.Files;
import dev.objectos.server.file.DownloadController;
import dev.objectos.server.file.UploadController;
import dev.objectos.server.web.JsonBodies;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Serves files. */
@AutoConfiguration(after = ServerAutoConfiguration.class, afterName = "dev.objectos.runtime.autoconfigure.StorageAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean({Files.class, JsonBodies.class})
public final class FileAutoConfiguration {

    @Bean
    UploadController objectOsUploadController(Files files, JsonBodies bodies) {
        return new UploadController(files, bodies);
    }

    @Bean
    DownloadController objectOsDownloadController(Files files) {
        return new DownloadController(files);
    }
}
