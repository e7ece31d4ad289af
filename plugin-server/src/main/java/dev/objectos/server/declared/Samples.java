package dev.objectos.server.declared;

import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.metadata.SelectOption;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that parameters could have, to try an endpoint with before anybody calls it. */
final class Samples {

    private static final UUID ID = new UUID(0x0190000000007000L, 0x8000000000000000L);
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);

    private Samples() {}

    /** @param all whether those are given too that may be left out */
    static Map<String, @Nullable Object> of(Map<String, FieldDefinition> params, boolean all) {
        var samples = new LinkedHashMap<String, @Nullable Object>();
        params.forEach((name, param) -> {
            if (all || param.required() || param.defaultValue() != null) {
                samples.put(name, value(param.type()));
            }
        });
        return samples;
    }

    private static Object value(FieldType type) {
        return switch (type) {
            case FieldType.Text _,FieldType.Password _,FieldType.Secret _,FieldType.AutoNumber _ -> "a";
            case FieldType.Choice(String _, List<SelectOption> options) -> option(options);
            case FieldType.Choices(String _, List<SelectOption> options) -> List.of(option(options));
            case FieldType.Decimal _ -> BigDecimal.ONE;
            case FieldType.Whole _ -> 1L;
            case FieldType.Bool _ -> true;
            case FieldType.Date _ -> DAY;
            case FieldType.Time _ -> LocalTime.NOON;
            case FieldType.Instant _ -> Instant.EPOCH;
            case FieldType.Id _,FieldType.Reference _ -> ID;
            case FieldType.References _ -> List.of(ID);
            case FieldType.File file -> file.multiple() ? List.of("a") : "a";
            case FieldType.Json _ -> Map.of();
            case FieldType.Vector _ -> List.of(BigDecimal.ONE);
            case FieldType.Formula formula -> value(FieldValues.scalar(formula.returnType()));
            case FieldType.Summary summary -> value(FieldValues.scalar(summary.returnType()));
        };
    }

    private static String option(List<SelectOption> options) {
        return options.isEmpty() ? "a" : options.getFirst().value();
    }
}
