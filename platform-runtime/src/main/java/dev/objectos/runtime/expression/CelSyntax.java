package dev.objectos.runtime.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import java.util.Locale;
import java.util.Map;

/**
 * An expression as CEL's parser understands it. Only the parser of CEL is used: its macros, types and evaluation are not,
 * for CEL knows neither exact decimals nor SQL's null.
 *
 * @param offsets where each part stands; operators and calls at their sign or parenthesis, members at their dot
 */
record CelSyntax(SourceText text, CelExpr root, Map<Long, Integer> offsets) {

    static final int MAX_LENGTH = 10_000;
    private static final int MAX_PARTS = 2_000;
    private static final int MAX_NESTING = 200;

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(CelOptions.current().enableReservedIds(false).maxExpressionCodePointSize(MAX_LENGTH)
                    .maxParseExpressionNodeCount(MAX_PARTS).maxParseRecursionDepth(MAX_NESTING)
                    .maxParseErrorRecoveryLimit(1).populateMacroCalls(false).build())
            .build();

    static CelSyntax parse(SourceText text) {
        if (text.length() > MAX_LENGTH) {
            throw new Refusal(text.problem(0, "the expression has more than " + MAX_LENGTH + " characters",
                    "divide it among several formula fields"));
        }
        if (!text.problems().isEmpty()) {
            throw new Refusal(text.problems());
        }
        String prepared = text.text();
        if (prepared.isBlank()) {
            throw new Refusal(text.problem(0, "the expression is empty", ""));
        }
        CelValidationResult result = PARSER.parse(prepared);
        if (result.hasError()) {
            throw new Refusal(problem(text, result.getErrors().getFirst(), result.getSource()));
        }
        try {
            CelExpr root = result.getAst().getExpr();
            return new CelSyntax(text, root, result.getAst().getSource().getPositionsMap());
        } catch (CelValidationException e) {
            throw new IllegalStateException("the parser reported no error and gave no tree", e);
        }
    }

    int offset(CelExpr part) {
        return offsets.getOrDefault(part.id(), 0);
    }

    /** Where a part begins. */
    int start(CelExpr part) {
        return switch (part.getKind()) {
            case SELECT -> start(part.select().operand());
            case CALL -> {
                CelExpr.CelCall call = part.call();
                if (call.target().isPresent()) {
                    yield start(call.target().get());
                }
                boolean operator = !call.function().isEmpty() && !Character.isLetter(call.function().charAt(0))
                        && call.args().size() > 1;
                boolean prefix = call.function().endsWith("_") && call.args().size() == 1;
                yield operator
                        ? start(call.args().getFirst())
                        : prefix ? offset(part) : text.before(offset(part), call.function());
            }
            default -> offset(part);
        };
    }

    private static ExpressionProblem problem(SourceText text, CelIssue issue, CelSource source) {
        CelSourceLocation at = issue.getSourceLocation();
        int offset = source.getLocationOffset(at).orElse(0);
        String word = text.word(offset);
        String message = issue.getMessage();
        if (message.contains("recursion limit") || message.contains("node")) {
            return text.problem(0, "the expression is nested too deeply or has too many parts",
                    "divide it among several formula fields");
        }
        if (message.startsWith("For input string")) {
            return text.problem(offset, "the whole number does not fit 64 bits", "write it with a point: ….0");
        }
        String suggestion = switch (word.toLowerCase(Locale.ROOT)) {
            case "and" -> "write &&";
            case "or" -> "write ||";
            case "not" -> "write !";
            default -> "";
        };
        if (offset >= text.length() || (message.contains("'<EOF>'") && !message.startsWith("extraneous"))) {
            String missing = message.contains("missing ')'") ? "')' is missing" : "the expression ends too early";
            return text.problem(Math.min(offset, text.length()), missing, "");
        }
        String found = word.isEmpty() ? text.word(offset, 1) : word;
        if (found.equals("'") || found.equals("\"")) {
            return text.problem(offset, "the text that starts here does not end, or has an unknown escape",
                    "close the quote; write \\\\ for a backslash");
        }
        return text.problem(offset, "'" + found + "' is not expected here", suggestion);
    }
}
