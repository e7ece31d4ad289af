package dev.objectos.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.server.TestingCatalog;
import dev.objectos.server.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is thrown at the parsers, they answer with a query or with a refusal, never with another exception. */
final class ParserFuzzTests {

    private static final int ROUNDS = 60_000;
    private static final List<String> WORDS = List.of("where", "filter", "fields", "orderBy", "sort", "limit", "offset",
            "expand", "groupBy", "aggregations", "having", "search", "count", "cursor", "object", "contacts", "account",
            "account.owner", "$and", "$or", "$not", "and", "or", "not", "$in", "$between", "$field", "=", "like",
            "is_null",
            "function", "field", "alias", "sum", "dateGranularity", "day", "order", "desc", "{today}",
            "{last_n_days:9}", "",
            ".", "..", "\\u0000", "-", "a,b", "top", "start_date", "notes");

    @Test
    void survivesRandomTrees() {
        var random = new Random(20261121);
        var parser = new RestQueryParser(TestingCatalog.catalog());
        int understood = 0;
        for (int i = 0; i < ROUNDS; i++) {
            String json = "{" + tail(random, 5) + "}";
            try {
                parser.parse(TestingCatalog.object("contacts"), JsonReader.read(json.getBytes(StandardCharsets.UTF_8)));
                understood++;
            } catch (PlatformException refusal) {
                assertThat(refusal.message()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError(json, e);
            }
        }
        assertThat(understood).isPositive();
    }

    @Test
    void survivesRandomBytes() {
        var random = new Random(42);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 4) {
                byte[] head = List.of("{\"a\":", "[1,", "\"\\u", "1e9", "{\"where\":{").get(random.nextInt(5))
                        .getBytes(StandardCharsets.UTF_8);
                System.arraycopy(head, 0, bytes, 0, Math.min(head.length, bytes.length));
            }
            try {
                JsonReader.read(bytes);
            } catch (PlatformException refusal) {
                assertThat(refusal.message()).isNotBlank();
            }
        }
    }

    @Test
    void survivesRandomUrls() {
        var random = new Random(7);
        var parser = new RestQueryParser(TestingCatalog.catalog());
        for (int i = 0; i < ROUNDS; i++) {
            var url = new StringBuilder();
            for (int n = random.nextInt(5); n >= 0; n--) {
                url.append(word(random).replace("\"", "")).append(random.nextInt(8) == 0 ? "" : "=")
                        .append(random.nextBoolean() ? word(random) : value(random, 3))
                        .append(random.nextInt(12) == 0 ? "%" : "").append('&');
            }
            try {
                parser.parse(TestingCatalog.object("contacts"), UrlParameters.parse(url.toString()));
            } catch (PlatformException refusal) {
                assertThat(refusal.message()).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError(url.toString(), e);
            }
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> String.valueOf(random.nextInt(3_000) - 1_000);
            case 3 -> random.nextInt() + "." + random.nextInt(99) + "e" + random.nextInt(9);
            case 4, 5 -> word(random);
            case 6, 7 -> "{" + tail(random, depth - 1) + "}";
            default -> {
                var array = new StringBuilder("[");
                for (int n = random.nextInt(4); n > 0; n--) {
                    array.append(value(random, depth - 1)).append(n > 1 ? "," : "");
                }
                yield array.append("]").toString();
            }
        };
    }

    private static String tail(Random random, int depth) {
        var members = new StringBuilder();
        for (int n = random.nextInt(4); n > 0; n--) {
            members.append(word(random)).append(":").append(value(random, depth - 1)).append(n > 1 ? "," : "");
        }
        return members.toString();
    }

    private static String word(Random random) {
        return "\"" + WORDS.get(random.nextInt(WORDS.size())) + "\"";
    }
}
