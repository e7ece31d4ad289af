package dev.objectos.server.graphql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.ParseAndValidate;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.execution.preparsed.PreparsedDocumentProvider;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The documents of one schema, each parsed and validated once; those used most are kept. */
final class Documents implements PreparsedDocumentProvider {

    /** A document takes some fifty times the room of its text. */
    private static final int MOST_CHARACTERS = 1 << 19;
    private static final ParserOptions PARSER = ParserOptions.newParserOptions().maxCharacters(200_000)
            .maxTokens(15_000).maxWhitespaceTokens(100_000).maxRuleDepth(300).captureIgnoredChars(false)
            .captureLineComments(false).redactTokenParserErrorMessages(true).build();

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
        Document document;
        try {
            document = Parser.parse(
                    ParserEnvironment.newParserEnvironment().document(text).parserOptions(PARSER).build());
            DocumentGuard.check(document, limits);
        } catch (InvalidSyntaxException e) {
            return new PreparsedDocumentEntry(
                    GraphQlErrors.error(RuntimeError.INVALID_REQUEST, String.valueOf(e.getMessage()),
                            e.getLocation() == null ? List.of() : List.of(e.getLocation())));
        } catch (PlatformException e) {
            return new PreparsedDocumentEntry(GraphQlErrors.of(e, null));
        }
        Document usual = WrittenValues.asExpected(document, schema);
        List<ValidationError> errors = ParseAndValidate.validate(schema, usual, Locale.ENGLISH);
        return errors.isEmpty()
                ? new PreparsedDocumentEntry(usual)
                : new PreparsedDocumentEntry(errors.stream().<GraphQLError>map(GraphQlErrors::of).toList());
    }
}
