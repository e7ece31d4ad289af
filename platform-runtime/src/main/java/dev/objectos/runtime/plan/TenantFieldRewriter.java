package dev.objectos.runtime.plan;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.FieldMask;
import dev.objectos.runtime.spi.QueryRewriter;
import dev.objectos.runtime.spi.RowFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Hides from every tenant the fields that others have added for themselves. */
public final class TenantFieldRewriter implements QueryRewriter {

    /** All tenants without fields of their own see the same. */
    private static final String NO_OWN_FIELDS = "no own fields";

    @Override
    public Object fingerprint(Session session, Catalog catalog) {
        return known(catalog).tenants().contains(session.tenant()) ? session.tenant() : NO_OWN_FIELDS;
    }

    @Override
    public RowFilter rows(ObjectDefinition object, Session session, Catalog catalog) {
        return RowFilter.EVERYTHING;
    }

    @Override
    public FieldMask fields(ObjectDefinition object, Session session, Catalog catalog) {
        Map<String, UUID> owners = known(catalog).owners().getOrDefault(object.name(), Map.of());
        return owners.isEmpty()
                ? FieldMask.NONE
                : new FieldMask(owners.entrySet().stream().filter(field -> !field.getValue().equals(session.tenant()))
                        .map(Map.Entry::getKey).collect(Collectors.toSet()));
    }

    private static Known known(Catalog catalog) {
        return catalog.derive(Known.class, Known::of);
    }

    /**
     * The fields that tenants have added.
     *
     * @param tenants that have some
     * @param owners by object and field
     */
    private record Known(Set<UUID> tenants, Map<String, Map<String, UUID>> owners) {

        static Known of(Catalog catalog) {
            var tenants = new HashSet<UUID>();
            var owners = new HashMap<String, Map<String, UUID>>();
            for (ObjectDefinition object : catalog.objects()) {
                for (FieldDefinition field : object.fields().values()) {
                    UUID tenant = field.tenant();
                    if (tenant != null) {
                        tenants.add(tenant);
                        owners.computeIfAbsent(object.name(), _ -> new HashMap<>()).put(field.name(), tenant);
                    }
                }
            }
            return new Known(Set.copyOf(tenants), Map.copyOf(owners));
        }
    }
}
