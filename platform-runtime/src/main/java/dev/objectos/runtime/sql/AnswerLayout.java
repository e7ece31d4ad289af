package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How the rows of a statement become JSON. */
sealed interface AnswerLayout permits PageLayout, ListLayout, ComposedLayout {

    /** @throws dev.objectos.runtime.PlatformException where the answer would be too large */
    JsonDocument write(ResultSet rows) throws SQLException;
}
