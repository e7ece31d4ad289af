package dev.objectos.runtime.metadata;

/**
 * An expression as it was written, without the <code>${…}</code> around it.
 *
 * @param text CEL
 * @param where where it was written
 */
public record ExpressionSource(String text, SourceLocation where) {}
