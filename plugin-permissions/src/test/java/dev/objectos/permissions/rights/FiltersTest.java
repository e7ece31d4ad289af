package dev.objectos.permissions.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.runtime.spi.RowFilter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiltersTest {

    private static final RowFilter SHARED = new RowFilter.Listed("platform", "record_share", Map.of());
    private static final RowFilter OPEN = new RowFilter.Where(
            new Predicate.Comparison(FieldPath.of("status"), Operator.EQ, new Operand.Literal("open")));
    private static final RowFilter LARGE = new RowFilter.Where(
            new Predicate.Comparison(FieldPath.of("amount"), Operator.GT, new Operand.Literal(100)));

    @Test
    void leavesOutWhatPeopleHaveOpened() {
        assertThat(Filters.unshared(SHARED)).isEqualTo(RowFilter.NOTHING);
        assertThat(Filters.unshared(Filters.any(List.of(OPEN, SHARED)))).isEqualTo(OPEN);
        assertThat(Filters.unshared(Filters.except(Filters.any(List.of(OPEN, SHARED)), LARGE)))
                .isEqualTo(Filters.except(OPEN, LARGE));
        assertThat(Filters.unshared(Filters.all(List.of(SHARED, OPEN)))).isEqualTo(RowFilter.NOTHING);
        assertThat(Filters.unshared(new RowFilter.Through("parent", Filters.any(List.of(OPEN, SHARED)))))
                .isEqualTo(new RowFilter.Through("parent", OPEN));
        assertThat(Filters.unshared(RowFilter.EVERYTHING)).isEqualTo(RowFilter.EVERYTHING);
    }
}
