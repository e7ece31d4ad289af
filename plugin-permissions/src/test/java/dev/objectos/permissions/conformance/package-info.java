/**
 * Random permissions, records and requests, answered by the real paths and by a small model that reads {@code
 * docs/permissions.md} sentence by sentence and knows neither SQL nor CEL. {@link ConformanceRun} does the same for as many
 * cases as somebody has time for.
 */
@NullMarked
package dev.objectos.permissions.conformance;

import org.jspecify.annotations.NullMarked;
