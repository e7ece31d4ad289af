package dev.objectos.runtime.spi;

/**
 * What of an object's records may not be seen.
 *
 * @param rows those that may
 * @param fields those that may not
 */
public record FindRestriction(RowFilter rows, FieldMask fields) {

    /** Everything may be seen. */
    public static final FindRestriction NONE = new FindRestriction(RowFilter.EVERYTHING, FieldMask.NONE);
}
