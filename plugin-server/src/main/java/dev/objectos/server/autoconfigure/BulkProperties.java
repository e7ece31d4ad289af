package dev.objectos.server.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may change about files of records.
 *
 * @param exports how many are written at a time; each keeps a connection to the database
 */
@ConfigurationProperties("objectos.bulk")
public record BulkProperties(@DefaultValue("4") int exports) {}
