package dev.objectos.server.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The documents of one schema, each parsed and validated once; those used most are kept. */
final class Documents implements PreparsedDocumentProvider {

    /** A document takes some fifty times the room of its text. */
    private static final int MOST_CHARACTERS = 1 << 19;

    private final GraphQLSchema schema;
    private final GraphQlProperties limits;
    private final Cache<String, PreparsedDocumentEntry> known = Caffeine.newBuilder().maximumWeight(MOST_CHARACTERS)
            .weigher((String text, PreparsedDocumentEntry _) -> text.length() + 100).build();

    Documents(GraphQLSchema schema, GraphQlProperties limits) {
        this.schema = schema;
        this.limits = limits;
    }

    @Override
    public CompletableFuture<PreparsedDocumentEntry> getDocumentAsync(ExecutionInput input,
            Function<ExecutionInput, PreparsedDocumentEntry> parseAndValidate) {
        String text = input.getQuery();
        PreparsedDocumentEntry entry = known.getIfPresent(text);
        if (entry == null) {
            entry = prepare(text);
            if (!entry.hasErrors()) {
                known.put(text, entry);
            }
        }
        return CompletableFuture.completedFuture(entry);
    }

    private PreparsedDocumentEntry prepare(String text) {
        ParsedDocument parsed = ParsedDocument.of(text, limits);
        Document document = parsed.document();
        if (document == null) {
            return new PreparsedDocumentEntry(Objects.requireNonNull(parsed.refusal()));
        }
        Document usual = WrittenValues.asExpected(document, schema);
        List<ValidationError> errors = ParseAndValidate.validate(schema, usual, Locale.ENGLISH);
        return errors.isEmpty()
                ? new PreparsedDocumentEntry(usual)
                : new PreparsedDocumentEntry(errors.stream().<GraphQLError>map(GraphQlErrors::of).toList());
    }
}
