package dev.objectos.runtime.expression;

import dev.cel.common.ast.CelExpr;
import java.util.List;

/** A call with its checked arguments, the one before the dot first. */
record CallSite(TypeChecker checker, CelSyntax syntax, CelExpr whole, List<CelExpr> parts, List<Node> nodes) {

    String name() {
        return whole.call().function();
    }

    /** Where the function's name stands. */
    int offset() {
        return syntax.text().before(syntax.offset(whole), name());
    }

    int size() {
        return nodes.size();
    }

    Node node(int index) {
        return nodes.get(index);
    }

    CelExpr part(int index) {
        return parts.get(index);
    }

    CallSite arity(int least, int most) {
        if (size() < least || size() > most) {
            String wanted = most == Integer.MAX_VALUE
                    ? "at least " + least
                    : least == most ? String.valueOf(least) : least + " to " + most;
            throw new Refusal(syntax.text().problem(offset(),
                    "'" + name() + "' takes " + wanted + (most == 1 ? " argument" : " arguments") + ", not " + size(),
                    ""));
        }
        return this;
    }

    CallSite only() {
        return arity(1, 1);
    }

    Node as(int index, ExpressionType type) {
        return checker.fit(part(index), node(index), type, "'" + name() + "'");
    }

    Node truth(int index) {
        return as(index, ExpressionType.BOOLEAN);
    }

    Node text(int index) {
        return as(index, ExpressionType.TEXT);
    }

    Node number(int index) {
        return as(index, ExpressionType.DECIMAL);
    }

    Refusal refusal(int index, String message, String suggestion) {
        return checker.refusal(part(index), message, suggestion);
    }
}
