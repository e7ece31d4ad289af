/** Reads YAML files into definitions, keeping file, line and column of every element. */
@NullMarked
package dev.objectos.runtime.metadata.yaml;

import org.jspecify.annotations.NullMarked;
