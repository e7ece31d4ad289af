package dev.objectos.server.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What an operator may change about the HTTP surface.
 *
 * @param maxBodySize the largest JSON body that is read
 */
@ConfigurationProperties("objectos.server")
public record ServerProperties(@DefaultValue("10MB") DataSize maxBodySize) {}
