package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.event.ChangeAction;

/**
 * What a field of a generated type stands for. Who may not use that does not see the field; see {@link Viewpoint}.
 */
public sealed interface Binding {

    /** API name of the object that it belongs to. */
    String object();

    /** The value of a field, wherever it is named: shown, filtered and sorted by, computed over. */
    record Value(String object, String field) implements Binding {}

    /** The record that a lookup leads to. */
    record Lookup(String object, String field, String target) implements Binding {}

    /** Records that go with one. */
    sealed interface Members extends Binding {

        /** What they are called there. */
        String collection();

        /** Object of the records. */
        String target();
    }

    /**
     * The records that a lookup to several leads to.
     *
     * @param collection the lookup
     */
    record Lookups(String object, String collection, String target) implements Members {}

    /**
     * The records that belong to one.
     *
     * @param collection the relationship's name
     * @param lookup by which they belong to it
     */
    record Collection(String object, String collection, String target, String lookup) implements Members {}

    /** A page of such records. */
    record MembersPage(Members members) implements Binding {

        @Override
        public String object() {
            return members.object();
        }
    }

    /** Groups of such records. */
    record MembersGroups(Members members) implements Binding {

        @Override
        public String object() {
            return members.object();
        }
    }

    /** A field that somebody fills in. */
    record Input(String object, String field, ChangeAction action) implements Binding {}

    /** A query at the root. */
    record Root(String object, RootKind kind) implements Binding {}

    /** A mutation. */
    record Change(String object, ChangeKind kind) implements Binding {}

    /** A subscription to changes of records. */
    record Changed(String object) implements Binding {}

    /** What a query gives. */
    enum RootKind {
        LIST, ONE, CONNECTION, AGGREGATE
    }

    /** What a mutation does. */
    enum ChangeKind {

        CREATE(ChangeAction.CREATE), CREATE_MANY(ChangeAction.CREATE), UPDATE(ChangeAction.UPDATE), DELETE(
                ChangeAction.DELETE);

        private final ChangeAction action;

        ChangeKind(ChangeAction action) {
            this.action = action;
        }

        public ChangeAction action() {
            return action;
        }
    }
}
