package dev.objectos.runtime.resource;

/** What is done about a plugin that goes beyond its limits again and again. */
public enum ViolationPolicy {
    /** It is logged and counted. */
    WARN,
    /** For a while one call at a time. */
    THROTTLE,
    /** For a while nothing calls it. */
    SUSPEND,
    /** It is disabled, until an administrator enables it again. */
    DISABLE
}
