package dev.objectos.auth.scim;

/** A condition on resources, as RFC 7644 (3.4.2.2) writes it. */
sealed interface Filter {

    /** Both. */
    record And(Filter left, Filter right) implements Filter {}

    /** At least one. */
    record Or(Filter left, Filter right) implements Filter {}

    /** The opposite. */
    record Not(Filter operand) implements Filter {}

    /** That the attribute has a value. */
    record Present(String attribute) implements Filter {}

    /**
     * A comparison.
     *
     * @param value text, truth or number, as text
     */
    record Compare(String attribute, Operator operator, String value) implements Filter {}

    /** How values are compared. */
    enum Operator {
        EQ, NE, CO, SW, EW, GT, GE, LT, LE
    }
}
