package dev.objectos.runtime.event;

/** What happened to a record. */
public enum ChangeAction {

    CREATE("create"), UPDATE("update"), DELETE("delete"),
    /** It has come back from the recycle bin. */
    RESTORE("restore");

    private final String word;

    ChangeAction(String word) {
        this.word = word;
    }

    /** As events and audit entries say it: lower case. */
    public String word() {
        return word;
    }
}
