package dev.objectos.runtime.schema;

import dev.objectos.runtime.metadata.Catalog;
import java.sql.Connection;
import java.sql.SQLException;

/** Hears of a publication before its first step, whether or not there is one. */
public interface PublicationListener {

    /** Takes no interest. */
    PublicationListener NONE = (_, _, _) -> {};

    /**
     * A publication begins.
     *
     * @param connection of the owner, in the transaction that opens the publication
     */
    void begins(Connection connection, Catalog next, SchemaPlan plan) throws SQLException;
}
