package dev.objectos.runtime.expression;

import java.util.List;

/** Leaves the check of a part of an expression with what is wrong with it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<ExpressionProblem> problems;

    Refusal(List<ExpressionProblem> problems) {
        super(null, null, false, false);
        this.problems = List.copyOf(problems);
    }

    Refusal(ExpressionProblem problem) {
        this(List.of(problem));
    }

    List<ExpressionProblem> problems() {
        return problems;
    }
}
