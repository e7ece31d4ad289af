package dev.objectos.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.plan.FieldView;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

class WriteFailuresTest {

    private static final Catalog CATALOG = TestingCatalogs
            .of("name: notes\nfields: {title: {type: text, label: Title, required: true}}\n");
    private static final ObjectDefinition NOTES = CATALOG.object("notes").orElseThrow();

    @ParameterizedTest
    @CsvSource({"08006,UNAVAILABLE", "57014,UNAVAILABLE", "53300,UNAVAILABLE", "55P03,UNAVAILABLE",
            "40001,UNAVAILABLE", "40P01,UNAVAILABLE", "0A000,UNAVAILABLE", "42P01,INTERNAL"})
    void tellsWhetherTheSameMaySucceedLater(String state, RuntimeError code) {
        PlatformException refusal = WriteFailures.refusal(new SQLException("relation \"data.notes\"", state));
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).doesNotContain("data.");
    }

    @Test
    void isUnavailableWhereNoConnectionIsToBeHad() {
        assertThat(WriteFailures.refusal(new SQLTransientConnectionException("pool")).code())
                .isEqualTo(RuntimeError.UNAVAILABLE);
    }

    @Test
    void namesTheFieldThatIsMissing() {
        PlatformException refusal = WriteFailures
                .refusal(failure("23502", 'c', physicalTitle()), CATALOG, NOTES, FieldView.WHOLE).orElseThrow();
        assertThat(refusal.fields()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("title");
            assertThat(error.code()).isEqualTo("required");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22008", "22001", "22P02", "22P05", "54000"})
    void refusesValuesThatCannotBeStored(String state) {
        assertThat(WriteFailures.refusal(failure(state, 'c', ""), CATALOG, NOTES, FieldView.WHOLE).orElseThrow().code())
                .isEqualTo(RuntimeError.VALIDATION_FAILED);
    }

    @Test
    void saysThatAValueIsTakenEvenWhereTheConstraintIsUnknown() {
        PlatformException refusal = WriteFailures
                .refusal(failure("23505", 'n', "strange"), CATALOG, NOTES, FieldView.WHOLE)
                .orElseThrow();
        assertThat(refusal.code()).isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(refusal.message()).isEqualTo("A value is already taken");
        assertThat(WriteFailures.isTaken(failure("23505", 'n', "strange"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23503", "23514", "23502", "42P01"})
    void leavesWhatNoFieldExplains(String state) {
        assertThat(WriteFailures.refusal(failure(state, 'n', "strange"), CATALOG, NOTES, FieldView.WHOLE)).isEmpty();
        assertThat(WriteFailures.refusal(new SQLException("text", state), CATALOG, NOTES, FieldView.WHOLE)).isEmpty();
    }

    private static String physicalTitle() {
        return dev.objectos.runtime.schema.PhysicalSchema.of(CATALOG).table("notes").column("title").name();
    }

    /** As the server sends it: fields of a letter and a text, each ended by a zero. */
    private static SQLException failure(String state, char part, String value) {
        return new PSQLException(
                new ServerErrorMessage("SERROR\0C" + state + "\0Mrefused\0" + part + value + "\0"));
    }
}
