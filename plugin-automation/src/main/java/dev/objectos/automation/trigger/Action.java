package dev.objectos.automation.trigger;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.query.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a trigger does. */
public sealed interface Action {

    /** As triggers write it. */
    String type();

    /** Whether it is done within the change itself, rather than because of it. */
    default boolean immediate() {
        return this instanceof SetFields;
    }

    /** Writes fields of the record itself. */
    record SetFields(Map<String, NewValue> values) implements Action {

        public SetFields {
            values = Map.copyOf(values);
        }

        @Override
        public String type() {
            return "update_field";
        }
    }

    /** Makes a record. */
    record CreateRecord(String object, Map<String, NewValue> values) implements Action {

        public CreateRecord {
            values = Map.copyOf(values);
        }

        @Override
        public String type() {
            return "create_record";
        }
    }

    /** Changes the records of an object that meet all conditions. */
    record UpdateRecords(String object, List<Condition> where, Map<String, NewValue> values) implements Action {

        public UpdateRecords {
            where = List.copyOf(where);
            values = Map.copyOf(values);
        }

        @Override
        public String type() {
            return "update_records";
        }
    }

    /** Removes the records of an object that meet all conditions. */
    record DeleteRecords(String object, List<Condition> where) implements Action {

        public DeleteRecords {
            where = List.copyOf(where);
        }

        @Override
        public String type() {
            return "delete_record";
        }
    }

    /**
     * Which records are meant.
     *
     * @param values what the field is compared with; a list where the operator takes several
     */
    record Condition(String field, Operator operator, List<NewValue> values) {

        public Condition {
            values = List.copyOf(values);
        }
    }

    /**
     * Sends a mail.
     *
     * @param template name of a template; null: {@code content} says it
     * @param content what to write where no template is named
     */
    record SendMail(List<Recipient> to, List<Recipient> cc, List<Recipient> bcc, @Nullable Recipient replyTo,
            @Nullable String template, @Nullable MailContent content) implements Action {

        public SendMail {
            to = List.copyOf(to);
            cc = List.copyOf(cc);
            bcc = List.copyOf(bcc);
        }

        @Override
        public String type() {
            return "send_email";
        }
    }

    /** Tells people inside the platform. */
    record Notify(List<Recipient> to, @Nullable String template, TextTemplate title, @Nullable TextTemplate body,
            @Nullable TextTemplate link) implements Action {

        public Notify {
            to = List.copyOf(to);
        }

        @Override
        public String type() {
            return "notify";
        }
    }

    /** Takes a transition of the workflow of each record of an object that meets all conditions. */
    record TakeTransition(String object, List<Condition> where, String transition,
            @Nullable TextTemplate comment) implements Action {

        public TakeTransition {
            where = List.copyOf(where);
        }

        @Override
        public String type() {
            return "transition";
        }
    }

    /**
     * Runs an action of an object: on each of its records that meet all conditions, or once where it is global.
     *
     * @param params what it is called with, by name
     */
    record RunAction(String object, List<Condition> where, String action,
            Map<String, NewValue> params) implements Action {

        public RunAction {
            where = List.copyOf(where);
            params = Map.copyOf(params);
        }

        @Override
        public String type() {
            return "run_action";
        }
    }

    /** Something that this server cannot do. */
    record Unsupported(String type) implements Action {}

    /** Somebody, by e-mail address or as a user. */
    sealed interface Recipient {

        /** An address, or a user by id, username or e-mail. */
        record Written(TextTemplate text) implements Recipient {}

        /** The user that a lookup refers to. */
        record User(CompiledExpression id) implements Recipient {}
    }
}
