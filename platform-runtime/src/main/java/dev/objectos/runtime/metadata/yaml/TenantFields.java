package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.LinkedHashMap;
import java.util.Set;

/**
 * What a tenant may add to an object for itself: further fields that ask nothing of the other tenants' records. Their ids
 * carry the tenant's, so that no column passes from one tenant to another.
 */
final class TenantFields {

    private static final Set<String> SAID = Set.of("name", "extends", "fields");
    private static final Set<String> COUNTED_FOR_ALL = Set.of("summary", "autonumber", "master_detail");
    private static final int MOST = 200;

    /** The last digits of a tenant's id are the random ones. */
    private static final int DIGITS = 12;

    private final Entries object;
    private final Findings findings;

    TenantFields(Entries object, Findings findings) {
        this.object = object;
        this.findings = findings;
    }

    /** The object with the fields of a part; what may not be in it is reported. */
    Entries add(Part part) {
        Entries content = (Entries) part.content();
        if ("global".equals(object.text("tenancy"))) {
            findings.error(part.top(), "the records of the object are common to all tenants, and so are its fields",
                    "remove them");
            return object;
        }
        content.entries().forEach((key, entry) -> {
            if (!SAID.contains(key)) {
                findings.error(entry.keyWhere(), "a tenant adds fields to an object, and does not change its '" + key
                        + "'", "remove it");
            }
        });
        Entries fields = content.map("fields");
        if (fields == null) {
            return object;
        }
        if (fields.entries().size() > MOST) {
            findings.error(fields.where(), "a tenant adds at most " + MOST + " fields to an object", "remove some");
        }
        String tenant = part.label().substring(0, part.label().indexOf('/'));
        String mark = "_" + tenant.substring(tenant.length() - DIGITS);
        var own = new LinkedHashMap<String, Entry>();
        fields.entries().forEach((name, entry) -> own.put(name, owned(name, entry, mark)));
        return ObjectMerge.add(object, Entries.empty(content.where()).with("fields",
                new Entry(content.keyWhere("fields"), new Entries(own, fields.where()))));
    }

    private Entry owned(String name, Entry entry, String mark) {
        Entries there = object.map("fields");
        if ((there != null && there.has(name)) || SystemFields.definitions().containsKey(name)) {
            findings.error(entry.keyWhere(), "the name '" + name + "' is taken",
                    "choose another one, such as x_" + name);
            return entry;
        }
        if (!(entry.value() instanceof Entries field)) {
            return entry;
        }
        String type = TypeReader.typeName(field);
        if (type != null && COUNTED_FOR_ALL.contains(type)) {
            findings.error(entry.keyWhere(), "a field of type " + type + " cannot be added for one tenant alone",
                    "choose another type, such as formula or lookup");
        }
        if (field.flag("searchable")) {
            findings.error(field.keyWhere("searchable"), "the search index is common to all tenants",
                    "write index: true to filter by the field");
        }
        if ("cascade".equals(field.text("on_delete"))) {
            findings.error(field.valueWhere("on_delete"),
                    "whose record goes with another one is the same for all tenants",
                    "write set_null or restrict");
        }
        String id = field.text("id");
        return new Entry(entry.keyWhere(),
                field.with("id", new Entry(field.keyWhere("id"),
                        Scalar.of((id == null ? name : id) + mark, field.valueWhere("id")))));
    }
}
