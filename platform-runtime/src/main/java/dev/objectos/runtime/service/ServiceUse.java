package dev.objectos.runtime.service;

/**
 * A plugin that uses a service of another one.
 *
 * @param user id of the plugin that holds references
 * @param owner id of the plugin that offers the service
 * @param references how many it holds
 */
public record ServiceUse(String user, String owner, String capability, String version, int references) {}
