package dev.objectos.permissions.preview;

import dev.objectos.runtime.metadata.Violation;
import java.util.List;

/**
 * What a change would do.
 *
 * @param systemGains what would be gained beyond records
 * @param systemLosses what would be lost there
 * @param violations what is wrong or doubtful in the files that would change
 */
public record Preview(List<Difference> gains, List<Difference> losses, List<SystemDifference> systemGains,
        List<SystemDifference> systemLosses, List<Violation> violations) {}
