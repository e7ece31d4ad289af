package dev.objectos.server.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents by their digests, and those that alone may be executed. */
class PersistedDocumentsTests {

    private static final String DOCUMENT = "{__typename}";
    private static final Map<String, Object> DIGEST = Map.of("persistedQuery", Map.of("version", 1, "sha256Hash",
            "ecf4edb46db40b5132295c0291d62fb65d6759a9eedfa4d5d612dd5ec54a6b38"));

    @Test
    void knowsADocumentThatWasSentOnce() {
        var documents = new PersistedDocuments(null);
        assertThatThrownBy(() -> documents.operation(Map.of("extensions", DIGEST)))
                .isInstanceOfSatisfying(PersistedDocuments.NotKnown.class, unknown -> assertThat(
                        unknown.answer().getErrors().getFirst().getMessage()).isEqualTo("PersistedQueryNotFound"));

        documents.operation(Map.of("query", DOCUMENT, "extensions", DIGEST));

        assertThat(documents.operation(Map.of("extensions", DIGEST)).document()).isEqualTo(DOCUMENT);
        refused(RuntimeError.INVALID_REQUEST,
                () -> documents.operation(Map.of("query", "{ other }", "extensions", DIGEST)));
    }

    @Test
    void executesNothingButWhatIsListed(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("listed.graphql"), DOCUMENT + "\n");
        var documents = new PersistedDocuments(folder);

        assertThat(documents.operation(Map.of("query", DOCUMENT)).document()).isEqualTo(DOCUMENT);
        assertThat(documents.operation(Map.of("extensions", DIGEST)).document()).isEqualTo(DOCUMENT);
        assertThat(documents.operation(Map.of("query", "{ other }", "extensions", DIGEST)).document())
                .as("what is named, whatever is sent").isEqualTo(DOCUMENT);
        refused(RuntimeError.PERMISSION_DENIED, () -> documents.operation(Map.of("query", "{ other }")));
    }

    private static void refused(RuntimeError code, ThrowingCallable asked) {
        assertThatThrownBy(asked).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code));
    }
}
