package dev.objectos.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MutationPlannerTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456789Z");

    private static final Catalog CATALOG = TestingCatalogs.of("""
            name: things
            fields:
              title: {type: text, required: true, min_length: 2, max_length: 5}
              code: {type: text, pattern: "^[A-Z]+$"}
              evil: {type: text, pattern: "^(a+)+$"}
              mail: {type: email}
              site: {type: url}
              phone: {type: phone}
              colour: {type: color}
              amount: {type: number, precision: 6, scale: 2, min: -10, max: 5000}
              big: {type: number}
              count: {type: integer, max: 10}
              kind: {type: select, options: [one, two]}
              kinds: {type: multiselect, options: [one, two]}
              tags: {type: tags}
              mails: {type: email, multiple: true}
              flag: {type: boolean}
              day: {type: date}
              moment: {type: datetime}
              clock: {type: time}
              data: {type: json}
              place: {type: location}
              lines: {type: repeater, fields: {sku: {type: text, required: true}, quantity: {type: integer, min: 1}}}
              vector: {type: vector, dimension: 2}
              pin: {type: password, min_length: 4}
              token: {type: secret}
              day_default: {type: date, default: "${today}"}
              double: {type: number, default: "${record.amount * 2}"}
            """);

    private static final RelatedRecords NOBODY = new RelatedRecords() {

        @Override
        public @Nullable Map<String, @Nullable Object> row(ObjectDefinition object, UUID id) {
            return null;
        }

        @Override
        public boolean restricted(ObjectDefinition object) {
            return false;
        }

        @Override
        public Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids) {
            return Set.of();
        }

        @Override
        public Map<Object, UUID> find(ObjectDefinition object, String field, Collection<?> values) {
            return Map.of();
        }

        @Override
        public Map<UUID, FileFacts> files(Collection<UUID> ids) {
            return Map.of();
        }

        @Override
        public long next(String owner, String counter) {
            return 1;
        }
    };

    private static final Session SESSION = new Session(Session.DEFAULT_TENANT,
            new UserIdentity(UUID.randomUUID(), "a@b.co", "A", null), Set.of(), false, Locale.ENGLISH, ZoneOffset.UTC,
            Origin.REST);

    private static final SecretValues SECRETS = new SecretValues(new SecretKeySpec(new byte[32], "AES"), 1_000);

    private final MutationPlanner planner = new MutationPlanner(List.of(), new FieldViews(List::of), ChangeRights.OPEN,
            SECRETS,
            Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"title|a|min_length", "title|abcdef|max_length",
            "title|   |required", "title|é́|ok", "code|ab|pattern", "code|AB|ok",
            "mail|a@b.co|ok", "mail|a@b|ok", "mail|ab.co|invalid_email", "mail|a b@c.de|invalid_email",
            "mail|a@b..co|invalid_email", "mail|ü@bücher.example|ok", "site|https://x.example/ä?q={1}|ok",
            "site|javascript:alert(1)|invalid_url", "site|x.example|invalid_url", "site|/local|ok",
            "site|//evil.example|invalid_url", "phone|+49 (0)30 123-456|ok", "phone|call me|invalid_phone",
            "colour|#aabbcc|ok", "colour|#abcde|invalid_color", "colour|red|ok", "amount|1.239|scale",
            "amount|1.230|ok", "amount|5000.01|max", "amount|-10.5|min", "amount|12345|`precision,max`",
            "amount|NaN|invalid_type",
            "big|1e400|ok", "count|11|max", "count|1.5|invalid_type", "count|9223372036854775808|invalid_type",
            "kind|three|invalid_option", "day|2026-02-30|invalid_type", "day|+12026-01-01|out_of_range",
            "day|0000-01-01|out_of_range", "moment|2026-01-01T00:00:00|invalid_type",
            "moment|2026-01-01T00:00:00+02:00|ok", "clock|25:00|invalid_type", "flag|yes|invalid_type",
            "pin|abc|min_length", "place|here|invalid_type"})
    void checksTexts(String field, String value, String code) {
        assertThat(codes(field, value)).isEqualTo(code);
    }

    @Test
    void checksListsAndStructures() {
        assertThat(codes("kinds", List.of("one", "three"))).isEqualTo("invalid_option");
        assertThat(codes("kinds", List.of("one", "one"))).isEqualTo("duplicate");
        assertThat(codes("kinds", "one")).isEqualTo("invalid_type");
        assertThat(codes("tags", List.of("anything", "else"))).isEqualTo("ok");
        assertThat(codes("tags", Collections.singletonList(null))).isEqualTo("invalid_type");
        assertThat(codes("mails", List.of("a@example.com", "b@example.com"))).isEqualTo("ok");
        assertThat(codes("mails", List.of("a@example.com", "b"))).isEqualTo("invalid_email");
        assertThat(codes("vector", List.of(1, 2, 3))).isEqualTo("dimension");
        assertThat(codes("place", Map.of("latitude", 91, "longitude", 1))).isEqualTo("invalid_location");
        assertThat(codes("place", Map.of("latitude", 51.5, "longitude", -0.1))).isEqualTo("ok");
        assertThat(codes("lines", List.of(Map.of("sku", "a", "quantity", 1)))).isEqualTo("ok");
        assertThat(codes("lines", List.of(Map.of("quantity", 0)))).isEqualTo("required,min");
        assertThat(codes("lines", List.of(Map.of("sku", "a", "colour", "red")))).isEqualTo("unknown_field");
        assertThat(codes("lines", Map.of("sku", "a"))).isEqualTo("invalid_type");
    }

    @Test
    void limitsWhatOneValueMayHold() {
        assertThat(codes("evil", "a".repeat(1_000_001))).contains("max_length");
        assertThat(codes("data", Map.of("x", "a".repeat(1_000_000)))).isEqualTo("max_size");
        Object deep = 1;
        for (int i = 0; i < 100; i++) {
            deep = List.of(deep);
        }
        assertThat(codes("data", deep)).isEqualTo("max_depth");
        var many = new ArrayList<String>();
        for (int i = 0; i < 10_001; i++) {
            many.add("t" + i);
        }
        assertThat(codes("tags", many)).isEqualTo("max_elements");
    }

    @Test
    void isNotHeldUpByACarelessPattern() {
        long start = System.nanoTime();
        assertThat(codes("evil", "a".repeat(5_000) + "!")).isEqualTo("pattern");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(codes("evil", "aaaa")).isEqualTo("ok");
    }

    @Test
    void fillsInDefaultsFromTheMomentAndFromEachOther() {
        Map<String, @Nullable Object> values = plan(Map.of("title", "ab", "amount", 4)).values();
        assertThat(values).containsEntry("day_default", java.time.LocalDate.of(2026, 3, 4));
        assertThat((BigDecimal) values.get("double")).isEqualByComparingTo("8");
        assertThat(plan(values("title", "ab", "day_default", null)).values()).containsEntry("day_default", null);
    }

    @Test
    void keepsMicrosecondsAndStoresPasswordsAndSecretsSealed() {
        MutationPlan plan = plan(Map.of("title", "ab", "moment", "2026-01-01T00:00:00.123456789Z", "pin", "secret",
                "token", "hush"));
        assertThat(plan.values()).containsEntry("moment", Instant.parse("2026-01-01T00:00:00.123456Z"));
        assertThat(SecretValues.matches("secret", (String) plan.values().get("pin"))).isTrue();
        assertThat(SecretValues.matches("Secret", (String) plan.values().get("pin"))).isFalse();
        String sealed = (String) plan.values().get("token");
        assertThat(SECRETS.open(sealed, plan.id(), "token")).isEqualTo("hush");
        assertThat(catchThrowableOfType(IllegalArgumentException.class,
                () -> SECRETS.open(sealed, UUID.randomUUID(), "token"))).isNotNull();
    }

    @Test
    void refusesToEmptyARequiredField() {
        var update = new Mutation.Update("things", UUID.randomUUID(), values("title", null), null);
        Draft draft = planner.update(CATALOG, update, SESSION);
        PlatformException refusal = catchThrowableOfType(PlatformException.class,
                () -> planner.complete(draft, null, CATALOG, NOBODY));
        assertThat(refusal.fields()).extracting(error -> error.field() + ":" + error.code())
                .containsExactly("title:required");
        assertThat(refusal.message()).isEqualTo("Title is required");
    }

    @Test
    void makesIdsThatAscend() {
        var ids = new RecordIds(Clock.fixed(NOW, ZoneOffset.UTC));
        var made = new ArrayList<String>();
        for (int i = 0; i < 10_000; i++) {
            made.add(ids.next().toString());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.charAt(14) == '7');
        assertThat(UUID.fromString(made.getFirst()).variant()).isEqualTo(2);
    }

    private String codes(String field, Object value) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("title", "ab");
        values.put(field, value);
        PlatformException refusal = catchThrowableOfType(PlatformException.class, () -> plan(values));
        return refusal == null
                ? "ok"
                : String.join(",", refusal.fields().stream().map(error -> error.code()).toList());
    }

    private MutationPlan plan(Map<String, ? extends @Nullable Object> values) {
        Draft draft = planner.create(CATALOG, new Mutation.Create("things", new LinkedHashMap<>(values)), SESSION);
        return planner.complete(draft, null, CATALOG, NOBODY);
    }

    private static Map<String, @Nullable Object> values(Object... namesAndValues) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return values;
    }
}
