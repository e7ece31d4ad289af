package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.schema.PhysicalSchema;
import org.jspecify.annotations.Nullable;

/** What all parts of one statement share: the rights of the session, and the numbering of tables. */
final class StatementScope {

    private final ReadRights rights;
    private final String object;
    private int sources;

    StatementScope(ReadRights rights, String object) {
        this.rights = rights;
        this.object = object;
    }

    ReadRights rights() {
        return rights;
    }

    /** The object that the query names. */
    String object() {
        return object;
    }

    /** One more occurrence of an object's table. */
    Source source(ObjectDefinition of) {
        return source(of, null);
    }

    /** One more occurrence of an object's table, with the rows as they were where that is given. */
    Source source(ObjectDefinition of, Scalar.@Nullable Parameter earlier) {
        return new Source(sources++, PhysicalSchema.of(rights.catalog()).table(of.name()), earlier, false);
    }

    /** The object's records in the recycle bin. */
    Source bin(ObjectDefinition of) {
        return new Source(sources++, PhysicalSchema.of(rights.catalog()).table(of.name()), null, true);
    }
}
