package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records that a change refers to, read where a rule asks for them. */
public interface RelatedRecords {

    /** The stored fields of a record, or null where there is none. Rules read what the writer may not see. */
    @Nullable
    Map<String, @Nullable Object> row(ObjectDefinition object, UUID id);

    /** Whether the session may refer to some of the object's records only. */
    boolean restricted(ObjectDefinition object);

    /** Which of these records the session may refer to. */
    Set<UUID> visible(ObjectDefinition object, Collection<UUID> ids);

    /** Records that have one of the values in a field, whoever may see them: value → id. */
    Map<Object, UUID> find(ObjectDefinition object, String field, Collection<?> values);

    /** Those of the files that the session may give to records; they stay there until the change is done. */
    Map<UUID, FileFacts> files(Collection<UUID> ids);

    /** Takes the next number of a counter of the tenant; merely looks at it outside of a transaction. */
    long next(String owner, String counter);
}
