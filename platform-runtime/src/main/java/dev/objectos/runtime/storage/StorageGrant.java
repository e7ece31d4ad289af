package dev.objectos.runtime.storage;

/**
 * A namespace that its owner shares, in every tenant.
 *
 * @param plugin with whom
 */
public record StorageGrant(String owner, String namespace, String plugin, GrantedAccess access) {}
