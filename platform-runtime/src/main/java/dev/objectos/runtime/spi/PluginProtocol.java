package dev.objectos.runtime.spi;

/**
 * A protocol that a plugin speaks on this node.
 *
 * @param name of its {@link ProtocolAdapter}
 * @param protocol what is spoken, such as {@code acme-lines/1.0}
 * @param address at which the server listens
 * @param clients that are connected
 */
public record PluginProtocol(String plugin, String name, String protocol, String address, int port, int clients) {}
