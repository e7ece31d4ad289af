package dev.objectos.permissions.preview;

import dev.objectos.runtime.metadata.Violation;
import java.util.List;

/**
 * What a change would do.
 *
 * @param violations what is wrong or doubtful in the files that would change
 */
public record Preview(List<Difference> gains, List<Difference> losses, List<Violation> violations) {}
