package dev.objectos.runtime.spi;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/** What an interceptor may do inside the transaction of the change that it looks at. */
public interface ChangeTransaction {

    /**
     * Records of an object that have one of the values in a field; rights do not matter.
     *
     * @param field one that holds text, or {@code id}
     * @param values in the field's Java form
     * @return value → id of a record that has it
     */
    Map<Object, UUID> find(String object, String field, Collection<?> values);

    /**
     * The next number of a counter of the tenant, from 1 on. Its row stays locked until the change is done, so take it last;
     * a change that is refused takes none. Only where {@link MutationInterceptor#needsTransaction} said so; otherwise
     * the number is looked at and not taken.
     *
     * @param owner id of the plugin
     * @param counter what is counted
     */
    long next(String owner, String counter);
}
