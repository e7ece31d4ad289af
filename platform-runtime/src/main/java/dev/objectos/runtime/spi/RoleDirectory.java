package dev.objectos.runtime.spi;

/** Knows every role that people may hold; {@link RoleNames} are among those that it asks. */
@FunctionalInterface
public interface RoleDirectory {

    /** Nobody gives people roles: every name will do. */
    RoleDirectory OPEN = _ -> true;

    boolean knows(String role);
}
