package dev.objectos.runtime.metadata;

/** To whom an object's records belong. */
public enum Tenancy {
    /** Each record belongs to one tenant. */
    SHARED,
    /** Reference data that every tenant reads and only platform administrators write. */
    GLOBAL
}
