package dev.objectos.server.graphql;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import graphql.GraphQLError;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document before anybody asks whether it fits a schema.
 *
 * @param document null: it cannot be parsed, or is too large
 * @param refusal says which; null where there is a document
 */
record ParsedDocument(@Nullable Document document, @Nullable GraphQLError refusal) {

    private static final ParserOptions OPTIONS = ParserOptions.newParserOptions().maxCharacters(200_000)
            .maxTokens(15_000).maxWhitespaceTokens(100_000).maxRuleDepth(300).captureIgnoredChars(false)
            .captureLineComments(false).redactTokenParserErrorMessages(true).build();

    static ParsedDocument of(String text, GraphQlProperties limits) {
        try {
            DocumentText.check(text, limits);
            Document document = Parser.parse(
                    ParserEnvironment.newParserEnvironment().document(text).parserOptions(OPTIONS).build());
            DocumentGuard.check(document, limits);
            return new ParsedDocument(document, null);
        } catch (InvalidSyntaxException e) {
            return new ParsedDocument(null,
                    GraphQlErrors.error(RuntimeError.INVALID_REQUEST, String.valueOf(e.getMessage()),
                            e.getLocation() == null ? List.of() : List.of(e.getLocation())));
        } catch (PlatformException e) {
            return new ParsedDocument(null, GraphQlErrors.of(e, null));
        }
    }
}
