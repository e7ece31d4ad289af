package dev.objectos.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.Source;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import dev.objectos.runtime.spi.ObjectAccess;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the columns of a file mean. */
class ImportColumnsTest {

    private static final Catalog CATALOG = TestingCatalogs.of("""
            name: firms
            fields:
              name: {type: text}
              code: {type: text, external_id: true, unique: true}
              number: {type: text, unique: true}
              city: {type: text}
            """, """
            name: people
            fields:
              name: {type: text, label: Full name}
              mail: {type: email, label: Address}
              street: {type: text, label: Address}
              salary: {type: currency, label: Pay}
              pin: {type: text, label: Code word}
              grade: {type: text, readonly: true}
              shout: {type: formula, expression: "upper(record.name)", return_type: text}
              firm: {type: lookup, reference_to: firms}
              clients: {type: lookup, reference_to: firms, multiple: true}
              boss: {type: lookup, reference_to: people, relationship_name: team}
            """);
    private static final ObjectAccess ACCESS = new ObjectAccess(true, Set.of("pin"), Set.of("salary"), Set.of(),
            Set.of(), Set.of());

    private static ImportColumns columns(Map<String, @Nullable String> mapping, String... headers) {
        var order = new ImportOrder("people", Source.CSV, WriteMode.INSERT, List.of(), mapping, false, false, true,
                Set.of(), false);
        return ImportColumns.of(CATALOG, CATALOG.object("people").orElseThrow(), ACCESS, order, List.of(headers));
    }

    private static ImportColumns columns(String... headers) {
        return columns(Map.of(), headers);
    }

    private static PlatformException refused(Map<String, @Nullable String> mapping, String... headers) {
        PlatformException refusal = catchThrowableOfType(PlatformException.class, () -> columns(mapping, headers));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    @Test
    void knowsFieldsByNameAndByLabel() {
        ImportColumns columns = columns(" mail ", "full NAME", "id");
        assertThat(columns.written()).extracting(ImportColumn::header, column -> column.field().name())
                .containsExactly(tuple(" mail ", "mail"), tuple("full NAME", "name"));
        assertThat(columns.idHeader()).isEqualTo("id");
        assertThat(columns.has("name")).isTrue();
        assertThat(columns.has("id")).isFalse();
        assertThat(columns.ignored()).isEmpty();
        assertThat(columns("name").idHeader()).isNull();
    }

    @Test
    void followsTheMappingBeforeAnyName() {
        var mapping = new HashMap<String, @Nullable String>();
        mapping.put("name", "mail");
        mapping.put("noise", null);
        mapping.put("company", "firm.name");
        ImportColumns columns = columns(mapping, "name", "noise", "company");
        assertThat(columns.written())
                .extracting(ImportColumn::header, column -> column.field().name(), ImportColumn::by)
                .containsExactly(tuple("name", "mail", null), tuple("company", "firm", "name"));
        assertThat(columns.ignored()).isEmpty();
    }

    @Test
    void leavesOutWhatExportsHaveAndNobodyWrites() {
        ImportColumns columns = columns("name", "created_at", "shout", "grade", "salary", "firm.city",
                "firm.name.length", "team");
        assertThat(columns.written()).extracting(ImportColumn::header).containsExactly("name");
        assertThat(columns.ignored()).containsExactly("created_at", "shout", "grade", "salary", "firm.city",
                "firm.name.length", "team");
    }

    @Test
    void takesTheSurestOfSeveralColumnsOfALookup() {
        List<String> surest = List.of("firm.name", "firm.code", "firm.id", "firm");
        for (int i = 1; i < surest.size(); i++) {
            String less = surest.get(i - 1);
            String more = surest.get(i);
            for (ImportColumns columns : List.of(columns(less, more), columns(more, less))) {
                assertThat(columns.written()).extracting(ImportColumn::header).containsExactly(more);
                assertThat(columns.ignored()).containsExactly(less);
            }
        }
        assertThat(columns("clients.number").written()).extracting(ImportColumn::by).containsExactly("number");
    }

    @Test
    void refusesEveryColumnThatMeansNothingAtOnce() {
        PlatformException refusal = refused(Map.of("phone", "fone"), "name", "phone", "pin", "Code word", "Address",
                "mail.domain", "nothing.at.all");
        assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_FIELD);
        assertThat(refusal).hasMessageContaining("\"mapping\" leads to \"fone\"");
        assertThat(refusal.fields()).extracting(FieldError::field, FieldError::code).containsExactly(
                tuple("phone", "unknown_field"), tuple("pin", "unknown_field"), tuple("Code word", "unknown_field"),
                tuple("Address", "unknown_field"), tuple("mail.domain", "unknown_field"),
                tuple("nothing.at.all", "unknown_field"));
    }

    @Test
    void refusesAMappingOfAColumnThatIsNotThere() {
        PlatformException refusal = refused(Map.of("phone", "mail"), "name");
        assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_REQUEST);
        assertThat(refusal).hasMessageContaining("\"phone\", which is not there");
    }

    @Test
    void refusesTwoColumnsOfOneField() {
        PlatformException refusal = refused(Map.of(), "name", "Full name");
        assertThat(refusal.code()).isEqualTo(RuntimeError.INVALID_REQUEST);
        assertThat(refusal).hasMessageContaining("\"name\" and \"Full name\" both mean name");
    }
}
