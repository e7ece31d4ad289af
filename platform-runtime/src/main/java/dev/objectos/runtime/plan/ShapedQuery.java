package dev.objectos.runtime.plan;

import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.RecordQuery;
import dev.objectos.runtime.query.SelectionQuery;

/** A query taken apart: what decides the SQL, and what is only bound to it. */
public record ShapedQuery(Shape shape, QueryValues values) {

    /** @throws dev.objectos.runtime.PlatformException where the query is larger than accepted or its page is none */
    public static ShapedQuery of(Query query) {
        return new QueryShaper().shape(query, false);
    }

    /** The same query of the object's records in the recycle bin. */
    public static ShapedQuery ofBin(Query query) {
        return new QueryShaper().shape(query, true);
    }

    /**
     * A query whose records are read one after another.
     *
     * @throws dev.objectos.runtime.PlatformException where it is larger than accepted or asks for anything but records
     */
    public static ShapedQuery ofStream(Query query) {
        return new QueryShaper().stream(query);
    }

    /** @throws dev.objectos.runtime.PlatformException where the query is larger than accepted */
    public static ShapedQuery of(RecordQuery query) {
        return new QueryShaper().shape(query);
    }

    /** @throws dev.objectos.runtime.PlatformException where the query is larger than accepted */
    public static ShapedQuery of(SelectionQuery query) {
        return new SelectionShaper().shape(query);
    }
}
