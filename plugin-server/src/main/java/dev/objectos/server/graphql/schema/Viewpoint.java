package dev.objectos.server.graphql.schema;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.ObjectAccess;
import dev.objectos.runtime.spi.ObjectRights;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What of a schema the sessions with some rights see. */
final class Viewpoint {

    private final Bindings bindings;
    private final Map<String, ObjectAccess> access = new HashMap<>();

    Viewpoint(Bindings bindings, Catalog catalog, Session session, ObjectRights rights) {
        this.bindings = bindings;
        for (ObjectDefinition object : catalog.objects()) {
            access.put(object.name(), rights.of(object, session, catalog));
        }
    }

    boolean type(String name) {
        Binding binding = bindings.of(name);
        return binding == null || sees(binding);
    }

    boolean field(String type, String name) {
        Binding binding = bindings.of(type, name);
        return binding == null || sees(binding);
    }

    private boolean sees(Binding binding) {
        String object = binding.object();
        return reads(object) && switch (binding) {
            case Binding.Root _,Binding.Changed _ -> true;
            case Binding.Value value -> access(object).sees(value.field());
            case Binding.Lookup lookup -> follows(object, lookup.field()) && reads(lookup.target());
            case Binding.Members members -> sees(members);
            case Binding.MembersPage page -> sees(page.members());
            case Binding.MembersGroups groups -> sees(groups.members());
            case Binding.Input input -> switch (input.action()) {
                case CREATE -> access(object).creatable().contains(input.field());
                case UPDATE -> access(object).editable().contains(input.field());
                case DELETE, RESTORE -> false;
            };
            case Binding.Change change -> access(object).changes().contains(change.kind().action());
        };
    }

    private boolean sees(Binding.Members members) {
        return reads(members.target()) && switch (members) {
            case Binding.Lookups lookups -> follows(lookups.object(), lookups.collection());
            case Binding.Collection children -> follows(children.target(), children.lookup());
        };
    }

    private boolean follows(String object, String lookup) {
        ObjectAccess known = access(object);
        return known.sees(lookup) && !known.masked().contains(lookup);
    }

    private boolean reads(String object) {
        ObjectAccess known = access.get(object);
        return known != null && known.readable();
    }

    private ObjectAccess access(String object) {
        return Objects.requireNonNull(access.get(object));
    }
}
