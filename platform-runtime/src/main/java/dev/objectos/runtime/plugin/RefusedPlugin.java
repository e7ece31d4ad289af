package dev.objectos.runtime.plugin;

/**
 * A plugin that stays out.
 *
 * @param id as its manifest says; empty where that cannot be read
 * @param origin where it was found
 * @param reason what is wrong, for people; one line for each problem
 */
public record RefusedPlugin(String id, String origin, String reason) {}
