package dev.objectos.runtime.schema;

/**
 * How to deal with what a change would lose.
 *
 * @param force lose it
 * @param keepRemoved keep columns and tables of removed fields and objects, out of sight, rather than call the removal a
 *        loss; they are back when the field or object is
 */
public record PublishOptions(boolean force, boolean keepRemoved) {

    /** Metadata from files: what a file no longer says is kept, what would destroy values is refused. */
    public static final PublishOptions FROM_FILES = new PublishOptions(false, true);

    /** The same where values that do not fit any more are given up; what is removed is kept all the same. */
    public static final PublishOptions FORCED_FROM_FILES = new PublishOptions(true, true);

    /** An administrator's edit: everything that would lose data is refused. */
    public static final PublishOptions EDIT = new PublishOptions(false, false);

    /** An administrator's edit that may lose data. */
    public static final PublishOptions FORCED_EDIT = new PublishOptions(true, false);
}
