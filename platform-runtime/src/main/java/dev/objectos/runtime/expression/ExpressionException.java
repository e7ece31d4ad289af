package dev.objectos.runtime.expression;

import java.util.List;
import java.util.stream.Collectors;

/** An expression that cannot be compiled, with everything that is wrong with it. */
public final class ExpressionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expression;
    private final transient List<ExpressionProblem> problems;

    ExpressionException(String expression, List<ExpressionProblem> problems) {
        super(problems.stream().map(ExpressionProblem::toString).collect(Collectors.joining("; ")));
        this.expression = expression;
        this.problems = List.copyOf(problems);
    }

    /** As it was written. */
    public String expression() {
        return expression;
    }

    /** At least one. */
    public List<ExpressionProblem> problems() {
        return problems;
    }
}
