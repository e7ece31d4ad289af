package dev.objectos.server;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.DefaultValue;
import dev.objectos.runtime.metadata.ExpressionSource;
import dev.objectos.runtime.metadata.FieldAccess;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.FieldRules;
import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.ObjectFeatures;
import dev.objectos.runtime.metadata.OnDelete;
import dev.objectos.runtime.metadata.Relationship;
import dev.objectos.runtime.metadata.SelectOption;
import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.SystemFields;
import dev.objectos.runtime.metadata.Tenancy;
import dev.objectos.runtime.metadata.ValidationRule;
import dev.objectos.runtime.metadata.Violation;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small catalog by hand: contacts of accounts, notes without derived fields, secrets kept out of the API. */
public final class TestingCatalog {

    private static final SourceLocation SOURCE = new SourceLocation("contacts.object.yml", 3, 1);

    private TestingCatalog() {}

    public static Catalog catalog() {
        var objects = new LinkedHashMap<String, ObjectDefinition>();
        for (ObjectDefinition object : List.of(
                object("user", ObjectFeatures.DEFAULT, text("name"), text("email")),
                object("accounts", ObjectFeatures.DEFAULT, text("name"), text("industry"),
                        field("renewed_on", new FieldType.Date()), lookup("parent_account", "accounts")),
                object("contacts", ObjectFeatures.DEFAULT, text("first_name"), required(text("last_name")),
                        externalId(text("email")),
                        field("status", new FieldType.Choice("select", List.of(
                                new SelectOption("active", "Active", Map.of("color", "green")),
                                new SelectOption("left", "Left", Map.of())))),
                        field("tags", new FieldType.Choices("tags", List.of())), field("age", new FieldType.Whole(null,
                                BigDecimal.valueOf(150))),
                        field("salary", new FieldType.Decimal("currency", 18, 2, null, null)),
                        field("vip", new FieldType.Bool("boolean")), field("start_date", new FieldType.Date()),
                        field("called_at", new FieldType.Instant()), lookup("account", "accounts"),
                        field("address", new FieldType.Json("address", List.of())),
                        field("full_name", new FieldType.Formula(
                                new ExpressionSource("record.first_name + ' ' + record.last_name", SOURCE), "text")),
                        field("next_birthday", new FieldType.Formula(new ExpressionSource("today", SOURCE), "date"))),
                object("notes", ObjectFeatures.DEFAULT, text("body"), lookup("contact", "contacts")),
                object("vault", new ObjectFeatures(true, true, true, false, true), text("body")))) {
            objects.put(object.name(), object);
        }
        return new Catalog(7, objects, Map.of("users", "user"),
                List.of(new MetadataItem("app", "crm", null, Map.of("label", "CRM"), List.of(), "objectos-crm",
                        SOURCE)),
                List.of(new Relationship("contacts", "accounts", "contacts", "account"),
                        new Relationship("notes", "contacts", "notes", "contact")),
                List.of(new Violation(Violation.Severity.WARNING, SOURCE, "object", "contacts", "unknown key lable",
                        "label")));
    }

    public static ObjectDefinition object(String name) {
        return catalog().object(name).orElseThrow();
    }

    private static ObjectDefinition object(String name, ObjectFeatures enable, FieldDefinition... own) {
        var fields = new LinkedHashMap<String, FieldDefinition>();
        for (FieldDefinition field : own) {
            fields.put(field.name(), field);
        }
        fields.putAll(SystemFields.definitions());
        return new ObjectDefinition(name, name, name, "What " + name + " are", null, "id", false, Tenancy.SHARED,
                enable,
                fields, List.of(),
                List.of(new ValidationRule("named", new ExpressionSource("true", SOURCE), null, "Name it",
                        List.of(own[0].name()), "invalid", false, SOURCE)),
                Map.of(), Map.of("admin", Map.of("allowRead", true)), "testing", Map.of("rows", 3), SOURCE);
    }

    private static FieldDefinition text(String name) {
        return field(name, new FieldType.Text("text", null, 80, null));
    }

    private static FieldDefinition lookup(String name, String target) {
        return field(name, new FieldType.Reference("lookup", target, OnDelete.SET_NULL));
    }

    private static FieldDefinition field(String name, FieldType type) {
        return field(name, type, false, false, null);
    }

    private static FieldDefinition required(FieldDefinition field) {
        return field(field.name(), field.type(), true, false, null);
    }

    private static FieldDefinition externalId(FieldDefinition field) {
        return field(field.name(), field.type(), false, true, new DefaultValue.Literal("none@example.com"));
    }

    private static FieldDefinition field(String name, FieldType type, boolean required, boolean externalId,
            @Nullable DefaultValue defaultValue) {
        return new FieldDefinition(name, name, type, name, null, null, false, required, externalId, false, false, false,
                false, externalId, false, defaultValue, FieldRules.NONE, FieldAccess.OPEN, Map.of("placeholder", "…"),
                SOURCE);
    }
}
