package dev.objectos.runtime.event;

/** What happened to a record. */
public enum ChangeAction {

    CREATE("create"), UPDATE("update"), DELETE("delete"),
    /** It has come back from the recycle bin. */
    RESTORE("restore");

    /**
     * What the outbox says of a record of which nothing has changed but summaries over others. That is no event: those who watch
     * the record are told that it has been updated, and nobody else is told anything.
     */
    public static final String SUMMARY = "summary";

    private final String word;

    ChangeAction(String word) {
        this.word = word;
    }

    /** As events and audit entries say it: lower case. */
    public String word() {
        return word;
    }
}
