package dev.objectos.runtime.database;

/** The two database schemas that the platform works in. */
public final class DatabaseSchemas {

    /** The platform's own tables. */
    public static final String PLATFORM = "platform";

    /** The tables of business objects, and nothing else. */
    public static final String DATA = "data";

    private DatabaseSchemas() {}
}
