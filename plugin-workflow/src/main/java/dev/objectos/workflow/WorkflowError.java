package dev.objectos.workflow;

import dev.objectos.runtime.ErrorCode;
import dev.objectos.runtime.ErrorKind;

/** The codes that workflows refuse with. */
public enum WorkflowError implements ErrorCode {

    INVALID_TRANSITION(ErrorKind.CONFLICT, "The record's state does not allow that");

    private final ErrorKind kind;
    private final String title;

    WorkflowError(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
