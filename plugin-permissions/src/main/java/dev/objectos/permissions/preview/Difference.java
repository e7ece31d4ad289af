package dev.objectos.permissions.preview;

import dev.objectos.permissions.definition.Operation;
import dev.objectos.runtime.spi.UserSessions.Member;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What people with the same roles would gain, or lose, on an object.
 *
 * @param members who they are
 * @param operations that they may do at all
 * @param visible fields that they see
 * @param editable fields that they may write
 * @param records by user, how many records more, or fewer, an operation would reach; of those who were counted
 */
public record Difference(String object, Set<String> roles, List<Member> members, Set<Operation> operations,
        Set<String> visible, Set<String> editable, Map<Member, Map<Operation, Long>> records) {

    boolean isEmpty() {
        return operations.isEmpty() && visible.isEmpty() && editable.isEmpty() && records.isEmpty();
    }
}
