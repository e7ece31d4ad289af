package dev.objectos.runtime.autoconfigure;

import dev.objectos.runtime.plugin.manifest.Profile;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The size in which the server is run ({@code objectos}).
 *
 * @param profile {@code OBJECTOS_PROFILE}: which built-in plugins are on, where {@code objectos.plugins.<id>.enabled} says
 *        nothing of one
 */
@ConfigurationProperties("objectos")
public record ProfileProperties(@DefaultValue("cloud") Profile profile) {}
