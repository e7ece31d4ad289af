package dev.objectos.server.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import graphql.ExecutionResult;
import graphql.GraphqlErrorBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Documents that clients name by their SHA-256 digest (Apollo's automatic persisted queries): sent once, named afterwards. Where
 * there is a list of documents that are allowed, those are known from the start and no others are taken.
 */
public final class PersistedDocuments {

    private static final int MOST_CHARACTERS = 4 << 20;

    private final Cache<String, String> sent = Caffeine.newBuilder().maximumWeight(MOST_CHARACTERS)
            .weigher((String _, String document) -> document.length()).build();
    private final @Nullable Map<String, String> allowed;

    /** @param allowList a folder of documents; null: every document is allowed */
    public PersistedDocuments(@Nullable Path allowList) {
        this.allowed = allowList == null ? null : read(allowList);
    }

    /** A digest for which no document is known; clients answer by sending it. */
    static final class NotKnown extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotKnown() {
            super("PersistedQueryNotFound", null, false, false);
        }

        ExecutionResult answer() {
            GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError();
            error.message("%s", "PersistedQueryNotFound");
            error.extensions(Map.of("code", "PERSISTED_QUERY_NOT_FOUND"));
            return ExecutionResult.newExecutionResult().addError(error.build()).build();
        }
    }

    /** @param body of a request */
    Engine.Operation operation(@Nullable Object body) {
        if (!(body instanceof Map<?, ?> request)) {
            throw refused("A request is an object with query, variables and operationName");
        }
        String document = document(text(request, "query"), digest(object(request, "extensions")));
        return new Engine.Operation(document, text(request, "operationName"), object(request, "variables"));
    }

    private String document(@Nullable String text, @Nullable String digest) {
        if (text == null && digest == null) {
            throw refused("The request lacks a query");
        }
        if (allowed != null) {
            return among(allowed, digest != null ? digest : sha256(Objects.requireNonNull(text)));
        }
        if (digest == null) {
            return Objects.requireNonNull(text);
        }
        if (text == null) {
            String document = sent.getIfPresent(digest);
            if (document == null) {
                throw new NotKnown();
            }
            return document;
        }
        if (!sha256(text).equals(digest)) {
            throw refused("sha256Hash is not the digest of the query");
        }
        sent.put(digest, text);
        return text;
    }

    private static String among(Map<String, String> allowed, String digest) {
        String document = allowed.get(digest);
        if (document == null) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "The document is not among those that this server executes");
        }
        return document;
    }

    private static @Nullable String digest(Map<String, @Nullable Object> extensions) {
        return extensions.get("persistedQuery") instanceof Map<?, ?> persisted
                && persisted.get("sha256Hash") instanceof String hash ? hash : null;
    }

    private static @Nullable String text(Map<?, ?> request, String name) {
        return switch (request.get(name)) {
            case null -> null;
            case String text -> text;
            default -> throw refused(name + " is a text");
        };
    }

    @SuppressWarnings("unchecked") // the reader of bodies makes no other map
    private static Map<String, @Nullable Object> object(Map<?, ?> request, String name) {
        return switch (request.get(name)) {
            case null -> Map.of();
            case Map<?, ?> object -> (Map<String, @Nullable Object>) object;
            default -> throw refused(name + " is an object");
        };
    }

    private static Map<String, String> read(Path folder) {
        var documents = new HashMap<String, String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".graphql")).toList()) {
                String document = Files.readString(file);
                documents.put(sha256(document), document);
                documents.put(sha256(document.strip()), document.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The documents that are allowed could not be read from " + folder, e);
        }
        return documents;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PlatformException refused(String message) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, message);
    }
}
