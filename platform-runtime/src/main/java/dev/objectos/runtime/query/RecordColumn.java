package dev.objectos.runtime.query;

/**
 * A column of records that are read one after another.
 *
 * @param name as the API has it; dotted where it belongs to a record that a lookup leads to
 */
public record RecordColumn(String name, Kind kind) {

    /** What the texts of a column mean. */
    public enum Kind {

        /** Whatever somebody has written, or what stands in its place. */
        TEXT,
        /** The id of a record. */
        ID,
        /** A number with all its digits; {@code NaN} is none. */
        NUMBER,
        /** {@code true} or {@code false}. */
        BOOLEAN,
        /** {@code YYYY-MM-DD}. */
        DATE,
        /** {@code HH:MM:SS} and fractions. */
        TIME,
        /** RFC 3339 in UTC. */
        INSTANT,
        /** JSON: lists, documents and child records. */
        JSON
    }
}
