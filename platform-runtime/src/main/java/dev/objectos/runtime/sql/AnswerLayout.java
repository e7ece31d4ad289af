package dev.objectos.runtime.sql;

import dev.objectos.runtime.query.JsonDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** How the rows of a statement become JSON. */
sealed interface AnswerLayout permits PageLayout, ListLayout, ComposedLayout {

    /**
     * @return null: the rows have a value that the statement leaves out for its size
     * @throws dev.objectos.runtime.PlatformException where the answer would be too large
     */
    @Nullable
    JsonDocument write(ResultSet rows) throws SQLException;
}
