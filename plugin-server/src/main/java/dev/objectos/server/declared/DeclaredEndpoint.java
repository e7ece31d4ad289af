package dev.objectos.server.declared;

import dev.objectos.runtime.expression.CompiledExpression;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as its file declares it, compiled.
 *
 * @param addresses where it answers
 * @param roles one of which a caller must hold; empty: whoever has signed in may call
 * @param object what it is about
 * @param params by name, those of the path among them
 * @param defaults of parameters, where they are computed
 */
record DeclaredEndpoint(MetadataItem item, String method, Addresses addresses, Set<String> roles,
        ObjectDefinition object, Map<String, FieldDefinition> params, Map<String, CompiledExpression> defaults,
        Deed deed) {

    DeclaredEndpoint {
        roles = Set.copyOf(roles);
        params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
        defaults = Map.copyOf(defaults);
    }

    /** What a call does. */
    sealed interface Deed {

        /**
         * Asks for records.
         *
         * @param query the body of a query
         * @param single whether the first record alone is the answer
         * @param response what is shown of each record; null: what the query selects
         */
        record Ask(Template query, boolean single, @Nullable RecordShape response) implements Deed {

            static Object body(Template query, EndpointCall call) {
                Object body = Template.whole(query, call);
                return body == null ? Map.of() : body; // every member of it was left out
            }
        }

        /**
         * Runs an action of the object.
         *
         * @param record on which; null: on none
         */
        record Run(String action, @Nullable Template record, Map<String, Template> params) implements Deed {

            public Run {
                params = Map.copyOf(params);
            }
        }
    }

    String name() {
        return item.name();
    }

    String label() {
        return item.content().get("label") instanceof String label ? label : item.name();
    }

    @Nullable
    String description() {
        return item.content().get("description") instanceof String text ? text : null;
    }

    List<String> pathParams() {
        return addresses.variables();
    }
}
