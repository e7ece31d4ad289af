package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.Value.any;
import static dev.objectos.runtime.metadata.yaml.Value.dictionary;
import static dev.objectos.runtime.metadata.yaml.Value.either;
import static dev.objectos.runtime.metadata.yaml.Value.list;
import static dev.objectos.runtime.metadata.yaml.Value.names;
import static dev.objectos.runtime.metadata.yaml.Value.nested;
import static dev.objectos.runtime.metadata.yaml.Value.text;

/** The keys of tests of permissions. An unknown key is an error: it would be a test that tests nothing. */
final class PermissionTestShapes {

    static final Shape ACTING = Shape.strict("who acts", //
            Key.of("roles", names(), "role", "sets"), //
            Key.of("subordinates", names()));

    static final Shape RECORDS = Shape.strict("records by operation", //
            Key.of("create", names()), //
            Key.of("read", names()), //
            Key.of("update", names(), "edit"), //
            Key.of("delete", names()));

    static final Shape TEST = Shape.strict("a test", //
            Key.of("name", text()).needed(), //
            Key.of("as", either(nested(() -> ACTING), names())).needed(), //
            Key.of("may", either(nested(() -> RECORDS), names())), //
            Key.of("may_not", either(nested(() -> RECORDS), names()), "mayNot"), //
            Key.of("sees", names()), //
            Key.of("does_not_see", names(), "doesNotSee"), //
            Key.of("edits", names()), //
            Key.of("does_not_edit", names(), "doesNotEdit")).describing("description");

    /** {@code *.permission-test.yml}. */
    static final Shape FILE = Shape.strict("a file of permission tests", //
            Key.of("name", text()), //
            Key.of("description", text()), //
            Key.of("object", text(), "object_name", "objectName"), //
            Key.of("records", dictionary(any())), //
            Key.of("tests", list(nested(() -> TEST))).needed());

    private PermissionTestShapes() {}
}
