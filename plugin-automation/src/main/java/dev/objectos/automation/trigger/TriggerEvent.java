package dev.objectos.automation.trigger;

import dev.objectos.runtime.event.ChangeAction;
import java.util.Arrays;
import java.util.Optional;

/** When a trigger is asked, around a change of a record. */
public enum TriggerEvent {

    BEFORE_INSERT("beforeInsert", true, ChangeAction.CREATE), //
    BEFORE_UPDATE("beforeUpdate", true, ChangeAction.UPDATE), //
    BEFORE_DELETE("beforeDelete", true, ChangeAction.DELETE), //
    AFTER_INSERT("afterInsert", false, ChangeAction.CREATE), //
    AFTER_UPDATE("afterUpdate", false, ChangeAction.UPDATE), //
    AFTER_DELETE("afterDelete", false, ChangeAction.DELETE);

    private final String word;
    private final boolean before;
    private final ChangeAction action;

    TriggerEvent(String word, boolean before, ChangeAction action) {
        this.word = word;
        this.before = before;
        this.action = action;
    }

    /** As triggers write it. */
    public String word() {
        return word;
    }

    /** Whether its failure refuses the change. */
    public boolean before() {
        return before;
    }

    public ChangeAction action() {
        return action;
    }

    static Optional<TriggerEvent> of(String word) {
        return Arrays.stream(values()).filter(event -> event.word.equals(word)).findFirst();
    }
}
