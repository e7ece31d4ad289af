package dev.objectos.runtime.plugin.manifest;

/**
 * What people read of a plugin; each is empty where the manifest says nothing.
 *
 * @param name the id where the manifest gives none
 * @param license SPDX expression, as written
 */
public record About(String name, String description, String publisher, String homepage, String license) {}
