package dev.objectos.runtime.expression;

/** A name that an expression may start from. */
public enum Variable {

    /** The record itself, as it is or as it is about to be; its fields may be named without {@code record.}. */
    RECORD("record"),
    /** The record as it was before the change; every field is null where it did not exist. Never in SQL. */
    PREVIOUS("previous"),
    /** Who is acting: {@code id, email, name, username, roles, tenant, locale, timezone}. */
    CURRENT_USER("currentUser"),
    /** The instant of the action. */
    NOW("now"),
    /** The date of the action in the session's zone. */
    TODAY("today"),
    /** What an action or endpoint was called with. Never in SQL. */
    PARAMS("params");

    private final String spelling;

    Variable(String spelling) {
        this.spelling = spelling;
    }

    /** As expressions write it. */
    public String spelling() {
        return spelling;
    }
}
