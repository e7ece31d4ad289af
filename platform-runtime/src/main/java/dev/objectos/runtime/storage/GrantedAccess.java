package dev.objectos.runtime.storage;

/** What another plugin may do in a shared namespace. */
public enum GrantedAccess {

    READ,
    /** And read. */
    WRITE;

    public boolean includes(GrantedAccess wanted) {
        return compareTo(wanted) >= 0;
    }
}
