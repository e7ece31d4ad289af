package dev.objectos.runtime.metadata.yaml;

import dev.objectos.runtime.metadata.yaml.Element.Entries;
import dev.objectos.runtime.metadata.yaml.Element.Entry;
import dev.objectos.runtime.metadata.yaml.Element.Scalar;
import java.util.LinkedHashMap;
import java.util.Set;

/** Adds an application's users to the platform's: their shared fields stay fit for signing in and showing names. */
final class UserMerge {

    private final Set<String> platformFields;
    private final Findings findings;

    /**
     * @param platform the platform's own definition
     */
    UserMerge(Entries platform, Findings findings) {
        Entries fields = platform.map("fields");
        this.platformFields = fields == null ? Set.of() : Set.copyOf(fields.entries().keySet());
        this.findings = findings;
    }

    Entries add(Entries earlier, Entries application) {
        Entries later = application;
        for (String fixed : new String[]{"tenancy", "system"}) {
            if (later.has(fixed)) {
                if (!"shared".equals(later.text(fixed)) && !later.flag(fixed)) {
                    findings.warning(later.keyWhere(fixed), "'" + fixed + "' of the platform's users cannot be changed",
                            "remove it");
                }
                later = later.without(fixed);
            }
        }
        Entries before = earlier.map("fields");
        Entries after = later.map("fields");
        if (before != null && after != null) {
            var guarded = new LinkedHashMap<String, Entry>();
            after.entries().forEach((name, entry) -> guarded.put(name,
                    platformFields.contains(name) && entry.value() instanceof Entries fresh
                            && before.get(name) instanceof Entries old
                                    ? new Entry(entry.keyWhere(), guard(name, old, fresh, entry))
                                    : entry));
            later = later.with("fields", new Entry(later.keyWhere("fields"), new Entries(guarded, after.where())));
        }
        return ObjectMerge.add(earlier, later);
    }

    /** What an application may say of one of the platform's fields: it may ask for more, never for less. */
    private Entries guard(String name, Entries old, Entries fresh, Entry entry) {
        Entries allowed = fresh;
        String type = TypeReader.typeName(fresh);
        if (type != null && !storesText(type, fresh)) {
            findings.warning(entry.keyWhere(), "'" + name + "' of the platform's users holds text and stays so",
                    "remove the type, or choose another name");
            for (String attribute : fresh.entries().keySet()) {
                if (TypeFamily.SPECIAL.contains(attribute) || attribute.equals("type") || attribute.equals("default")) {
                    allowed = allowed.without(attribute);
                }
            }
        }
        for (String flag : new String[]{"required", "unique"}) {
            if (old.flag(flag) && allowed.get(flag) instanceof Scalar(Boolean on, _, _, _) && !on) {
                allowed = allowed.without(flag);
            }
        }
        return allowed;
    }

    private static boolean storesText(String type, Entries field) {
        TypeFamily family = TypeFamily.of(type);
        return family == TypeFamily.TEXT
                || ((family == TypeFamily.CHOICE || family == TypeFamily.FILE) && !field.flag("multiple"));
    }
}
