package dev.objectos.runtime.sql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Page;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tells a caller what went wrong with a read, without a word of SQL. */
final class ReadRefusals {

    private ReadRefusals() {}

    static PlatformException of(SQLException failure, String object) {
        return refusal(failure).about(object);
    }

    static PlatformException tooLarge() {
        return new PlatformException(RuntimeError.PAYLOAD_TOO_LARGE,
                "The answer would have more than " + (PageSql.MAX_BYTES >> 20)
                        + " MB; ask for fewer records or fields");
    }

    private static PlatformException refusal(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure instanceof SQLTransientConnectionException || state.startsWith("08") || state.startsWith("53")
                || state.startsWith("57P")) {
            return new PlatformException(RuntimeError.UNAVAILABLE, "The database cannot be reached; try again later",
                    failure);
        }
        return switch (state) {
            case "57014" -> new PlatformException(RuntimeError.UNAVAILABLE,
                    "The query took longer than allowed; narrow it by a filter or ask for less", failure);
            case "40001", "40P01", "55P03" ->
                new PlatformException(RuntimeError.UNAVAILABLE, "The records are in use; try again", failure);
            case "22003" -> new PlatformException(RuntimeError.INVALID_QUERY,
                    "A number of the query, or one computed from it, is out of range", failure);
            case GroupsSql.TOO_MANY ->
                new PlatformException(RuntimeError.INVALID_QUERY, "There are more groups than the "
                        + Page.MAXIMUM + " that are shown at once; narrow them by a filter, or page through them with "
                        + "limit and offset", failure);
            case "22P02", "22007", "22008", "22021", "22023", "22025", "22009" -> new PlatformException(
                    RuntimeError.INVALID_QUERY, "A value of the query or of its cursor cannot be read", failure);
            case "54000" -> tooLarge();
            case "54001", "54011", "54023", "53400" -> new PlatformException(RuntimeError.INVALID_QUERY,
                    "The query is too complex; ask for less at once", failure);
            default -> new PlatformException(RuntimeError.INTERNAL, "The records could not be read", failure);
        };
    }
}
