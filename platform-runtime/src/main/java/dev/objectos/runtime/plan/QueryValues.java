package dev.objectos.runtime.plan;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was taken out of a query to leave its {@link QueryShape}.
 *
 * @param literals by slot, as JSON gave them
 * @param words to search for
 * @param offset records to skip
 * @param cursor where to go on
 * @param id of the one record that is asked for
 */
public record QueryValues(List<Object> literals, List<String> words, int offset, @Nullable Cursor cursor,
        @Nullable UUID id) {}
