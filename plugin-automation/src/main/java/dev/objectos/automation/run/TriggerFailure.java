package dev.objectos.automation.run;

/** Why a trigger cannot do what it should, for people; trying again would not help. */
final class TriggerFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    TriggerFailure(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
