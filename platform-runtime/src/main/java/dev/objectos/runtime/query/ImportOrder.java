package dev.objectos.runtime.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How rows of a file become records.
 *
 * @param matchFields fields that tell which record a row is about; empty: the field marked {@code external_id}, else the id
 * @param mapping column → field, or null for a column that is left out; others go by their names
 * @param dryRun whether nothing is kept of it
 * @param atomic all rows or none
 * @param trim whether white space around texts is left out
 * @param nullValues texts that mean nothing, as empty cells do
 * @param skipBlankMatch whether rows without a value to match by are left out rather than made into new records
 */
public record ImportOrder(String object, Source source, WriteMode writeMode, List<String> matchFields,
        Map<String, @Nullable String> mapping, boolean dryRun, boolean atomic, boolean trim, Set<String> nullValues,
        boolean skipBlankMatch) {

    // Written out, because class files lose the nullness in the parameters of compact constructors.
    public ImportOrder(String object, Source source, WriteMode writeMode, List<String> matchFields,
            Map<String, @Nullable String> mapping, boolean dryRun, boolean atomic, boolean trim,
            Set<String> nullValues, boolean skipBlankMatch) {
        this.object = object;
        this.source = source;
        this.writeMode = writeMode;
        this.matchFields = List.copyOf(matchFields);
        this.mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
        this.dryRun = dryRun;
        this.atomic = atomic;
        this.trim = trim;
        this.nullValues = Set.copyOf(nullValues);
        this.skipBlankMatch = skipBlankMatch;
    }

    /** Where the cells come from, which decides what their values mean. */
    public enum Source {

        /** Texts; one that looks like a formula has an apostrophe before it. */
        CSV,
        /** Values of JSON. */
        JSON,
        /** Texts, numbers and truth values; dates are numbers of days. */
        SPREADSHEET
    }

    /** What is done with a row. */
    public enum WriteMode {

        /** A new record for each. */
        INSERT,
        /** The record that matches is changed; without one the row is left out. */
        UPDATE,
        /** The record that matches is changed, or one is made. */
        UPSERT
    }
}
