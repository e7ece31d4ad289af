package dev.objectos.runtime.database;

import java.util.List;

/** The extensions that the platform uses where it can get them, and does without where it cannot. */
public final class DatabaseExtensions {

    /** Substring search by index. */
    public static final String TRIGRAM = "pg_trgm";

    /** Lets the tenant stand first in a GIN index. */
    public static final String BTREE_GIN = "btree_gin";

    public static final List<String> WANTED = List.of(TRIGRAM, BTREE_GIN);

    private DatabaseExtensions() {}
}
