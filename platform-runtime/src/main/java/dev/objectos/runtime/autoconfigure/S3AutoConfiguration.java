package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.health.probe.FileStoreProbe;
import dev.objectos.runtime.storage.file.FileProperties;
import dev.objectos.runtime.storage.file.s3.S3FileStore;
import dev.objectos.runtime.storage.file.s3.S3Properties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Wires the bucket of files where one is configured; elsewhere none of its classes is loaded. */
@AutoConfiguration(before = StorageAutoConfiguration.class)
@ConditionalOnProperty("objectos.files.s3.bucket")
public final class S3AutoConfiguration {

    @Bean(initMethod = "start", destroyMethod = "close")
    S3FileStore s3FileStore(S3Properties properties, FileProperties files) {
        return new S3FileStore(properties, files.maximumSize());
    }

    @Bean
    FileStoreProbe s3Probe(S3FileStore store) {
        return new FileStoreProbe(store);
    }
}
