package dev.objectos.runtime.sql;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.plan.Projection;
import dev.objectos.runtime.schema.ColumnType;
import dev.objectos.runtime.spi.Masking;
import java.nio.charset.StandardCharsets;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What stands in the place of a masked value, as text that PostgreSQL makes: the value itself never leaves the database. */
final class MaskSql {

    private static final int CHARACTER = 4;

    private MaskSql() {}

    static Field<Object> of(Projection.Member.Masked masked) {
        return switch (masked.masking()) {
            case Masking.Text(String text) -> ScalarSql.sql("cast({0} as text)", DSL.inline(text));
            case Masking.LastCharacters(int count) -> ScalarSql.sql(
                    "case when {0} is not null then {2} || case when length({0}) > {1} then right({0}, {1}) else '' end end",
                    text(masked), DSL.inline(count), DSL.inline(Masking.COVER));
            case Masking.Address _ -> ScalarSql.sql(
                    "case when {0} is null then null when {0} ~ '.@[^@]+$' then left({0}, 1) || '***' || substring({0} from '@[^@]+$')"
                            + " else {1} end",
                    text(masked), DSL.inline(Masking.COVER));
        };
    }

    /** How many bytes it can have at most; null: there is no limit. */
    static @Nullable Integer most(Masking masking) {
        return switch (masking) {
            case Masking.Text(String text) -> text.getBytes(StandardCharsets.UTF_8).length;
            case Masking.LastCharacters(int count) -> Masking.COVER.length() + CHARACTER * count;
            case Masking.Address _ -> null;
        };
    }

    /** The value in the words of its JSON form. */
    private static Field<Object> text(Projection.Member.Masked masked) {
        FieldType type = masked.value().type();
        Field<Object> plain = JsonSql.plain(masked.value());
        return switch (ColumnType.of(type).base()) {
            case TEXT, TIMESTAMPTZ -> plain;
            case NUMERIC, BIGINT, BOOLEAN, DATE, TIME, UUID, JSONB -> ScalarSql.sql("cast({0} as text)", plain);
            case TEXT_ARRAY, UUID_ARRAY, DOUBLE_ARRAY -> ScalarSql.sql("cast(to_json({0}) as text)", plain);
        };
    }
}
