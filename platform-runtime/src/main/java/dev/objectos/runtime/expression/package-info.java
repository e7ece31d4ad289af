/** CEL expressions over records: compiled, type-checked, evaluated in the JVM or translated to SQL. */
@NullMarked
package dev.objectos.runtime.expression;

import org.jspecify.annotations.NullMarked;
