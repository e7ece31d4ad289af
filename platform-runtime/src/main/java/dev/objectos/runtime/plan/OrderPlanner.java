package dev.objectos.runtime.plan;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Sort;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Resolves an order of records. Every order ends in the id, in the direction of the key before it, so that it is total;
 * an order that nobody asked for is that of the ids, which is that of creation.
 */
final class OrderPlanner {

    private static final Set<String> NEVER_NULL = Set.of("id", "created_at", "updated_at", "version");

    private OrderPlanner() {}

    static List<OrderKey> plan(List<Sort> orderBy, RowScope scope) {
        var keys = new ArrayList<OrderKey>();
        boolean total = false;
        boolean descending = false;
        for (Sort sort : orderBy) {
            descending = sort.descending();
            keys.add(key(sort, scope));
            if (sort.field().equals(FieldPath.of("id"))) {
                total = true;
                break;
            }
        }
        if (!total) {
            keys.add(new OrderKey(scope.root().id(), descending, false));
        }
        return keys;
    }

    /** Tells the order of one object's records from every other, for cursors. */
    static String digest(String object, List<Sort> orderBy) {
        var digest = new CRC32C();
        digest.update(object.getBytes(StandardCharsets.UTF_8));
        for (Sort sort : orderBy) {
            digest.update(sort.descending() ? '-' : '+');
            digest.update(sort.field().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(0);
        }
        return HexFormat.of().toHexDigits((int) digest.getValue());
    }

    private static OrderKey key(Sort sort, RowScope scope) {
        Scalar value = scope.value(sort.field());
        requireOrder(sort.field(), value);
        boolean stays = sort.field().isDirect() && NEVER_NULL.contains(sort.field().first());
        return new OrderKey(value, sort.descending(), !stays);
    }

    static void requireOrder(FieldPath field, Scalar value) {
        ValueKind kind = ValueKind.of(value.type());
        if (!kind.ordered()) {
            throw new PlatformException(RuntimeError.INVALID_SORT,
                    field + " is " + kind.label() + ", which has no order");
        }
    }
}
