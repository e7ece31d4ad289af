package dev.objectos.runtime.plan;

/** Something that is asked for, without its values: all of one shape are one SQL statement. */
public sealed interface Shape permits QueryShape, SelectionShape {}
