package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.expression.CelText;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;

/** Finds the expressions that scalars hold. */
final class Expressions {

    private Expressions() {}

    /** The expression that a scalar holds, placed where its first character was written. */
    static ExpressionSource source(Scalar written) {
        String text = written.text();
        int start = text.length() - text.stripLeading().length();
        if (CelText.isWrapped(text)) {
            start += 2;
            while (Character.isWhitespace(text.charAt(start))) {
                start++;
            }
        }
        return new ExpressionSource(CelText.cel(text), text.contains("\n") ? written.where() : written.at(start));
    }
}
