package dev.objectos.runtime.storage.keyvalue;

import dev.objectos.runtime.spi.StorageDriver.Content;
import dev.objectos.runtime.spi.StorageDriver.Entry;
import dev.objectos.runtime.spi.StorageDriver.Outcome;
import dev.objectos.runtime.storage.StorageResult;
import dev.objectos.runtime.storage.StoredValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the scripts in Redis answer, as values; and moments as they take them. */
final class RedisReplies {

    private static final long MICROS = 1_000_000L;

    private RedisReplies() {}

    static List<Entry> entries(@Nullable Object reply) {
        return list(reply).stream().map(RedisReplies::entry).toList();
    }

    /** Key, bytes, number, content type, key id, expiry, revision, last change. */
    private static Entry entry(@Nullable Object reply) {
        List<?> parts = list(reply);
        byte[] value = (byte[]) parts.get(1);
        byte[] bytes = value == null ? StoredValue.number(number(parts.get(2))).bytes() : value;
        String keyId = text(parts.get(4));
        Object expiresAt = parts.get(5);
        var content = new Content(bytes, text(parts.get(3)), keyId.isEmpty() ? null : keyId,
                expiresAt == null ? null : moment(expiresAt));
        return new Entry(text(parts.get(0)), content, number(parts.get(6)), moment(parts.get(7)));
    }

    static Outcome outcome(@Nullable Object reply) {
        List<?> parts = list(reply);
        return switch (text(parts.getFirst())) {
            case "done" -> new Outcome.Done(results(parts));
            case "refused" -> new Outcome.Refused(Math.toIntExact((Long) parts.get(1)));
            case "uncountable" -> new Outcome.Uncountable(Math.toIntExact((Long) parts.get(1)));
            case "over" -> new Outcome.OverQuota();
            default -> throw new IllegalStateException("a write was answered with " + text(parts.getFirst()));
        };
    }

    private static List<StorageResult> results(List<?> parts) {
        var results = new ArrayList<StorageResult>();
        for (int at = 1; at < parts.size(); at += 3) {
            results.add(new StorageResult(Objects.equals(parts.get(at), 1L), number(parts.get(at + 1)),
                    number(parts.get(at + 2))));
        }
        return results;
    }

    static List<?> list(@Nullable Object reply) {
        return (List<?>) Objects.requireNonNull(reply);
    }

    static String text(@Nullable Object reply) {
        return new String((byte[]) Objects.requireNonNull(reply), StandardCharsets.UTF_8);
    }

    static long number(@Nullable Object reply) {
        return Long.parseLong(text(reply));
    }

    private static Instant moment(@Nullable Object reply) {
        long micros = number(reply);
        return Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000);
    }

    static String micros(Instant moment) {
        return String.valueOf(moment.getEpochSecond() * MICROS + moment.getNano() / 1_000);
    }
}
