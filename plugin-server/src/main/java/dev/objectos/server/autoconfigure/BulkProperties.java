package dev.objectos.server.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an operator may change about files of records.
 *
 * @param exports how many are written at a time; each keeps a connection to the database
 * @param maxJsonSize the largest JSON body with rows; it is held in memory
 * @param maxFileSize the largest file with rows that is sent as it is
 */
@ConfigurationProperties("objectos.bulk")
public record BulkProperties(@DefaultValue("4") int exports, @DefaultValue("20MB") DataSize maxJsonSize,
        @DefaultValue("64MB") DataSize maxFileSize) {}
