package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.TestingCatalogs;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values for which an index of the database has no room. */
class IndexedValuesTest {

    @SuppressWarnings("NullAway.Init")
    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.over("indexed_values", TestingCatalogs.ofFiles(Map.of("notes.object.yml", """
                fields:
                  name: {type: text, required: true}
                  slug: {type: textarea, unique: true}
                  part: {type: text}
                  chapter: {type: text}
                  summary: {type: textarea, index: true}
                  free: {type: textarea}
                indexes:
                  by_part: {fields: [part, chapter], unique: true}
                """)));
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    /** Text that cannot be compressed to less than it is worth. */
    private static String text(int bytes) {
        var random = new Random(bytes);
        return random.ints(bytes, 33, 127).collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private static List<String> wrong(PlatformException refusal) {
        assertThat(refusal.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        return refusal.fields().stream().map(error -> error.field() + ":" + error.code()).toList();
    }

    @Test
    void aUniqueTextHasALimitThatIsToldWithTheField() {
        PlatformException refusal = refusal(() -> writes.create("notes", values("name", "A", "slug", text(2_601))));
        assertThat(wrong(refusal)).containsExactly("slug:max_bytes");
        assertThat(refusal.fields()).extracting(FieldError::message).first().asString().contains("2600 bytes");
        UUID id = writes.create("notes", values("name", "A", "slug", text(2_600))).id();
        assertThat(wrong(refusal(() -> writes.update("notes", id, values("slug", "ä".repeat(1_301))))))
                .containsExactly("slug:max_bytes");
        assertThat(writes.row("notes", id)).containsEntry("slug", text(2_600));
    }

    @Test
    void theLimitIsToldBesideEverythingElseThatIsWrong() {
        assertThat(wrong(refusal(() -> writes.create("notes", values("slug", text(2_601))))))
                .containsExactlyInAnyOrder("name:required", "slug:max_bytes");
    }

    @Test
    void textsThatAreUniqueTogetherShareTheLimit() {
        assertThat(wrong(refusal(
                () -> writes.create("notes", values("name", "A", "part", text(1_300), "chapter", text(1_301))))))
                .containsExactly("part:max_bytes", "chapter:max_bytes");
        UUID id = writes.create("notes", values("name", "A", "part", text(1_400), "chapter", text(1_200))).id();
        assertThat(wrong(refusal(() -> writes.update("notes", id, values("chapter", text(1_500))))))
                .as("beside what is stored, which the database finds").containsExactly("part:max_bytes",
                        "chapter:max_bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 20_000})
    void whatTheDatabaseRefusesNamesTheFieldToo(int bytes) {
        assertThat(wrong(refusal(() -> writes.create("notes", values("name", "A", "summary", text(bytes))))))
                .contains("summary:max_bytes").doesNotContain("name:max_bytes", "free:max_bytes");
    }

    @Test
    void textsOfOtherFieldsHaveNoSuchLimit() {
        UUID id = writes.create("notes", values("name", text(3_000), "free", text(20_000))).id();
        assertThat(writes.row("notes", id)).containsEntry("free", text(20_000));
    }
}
