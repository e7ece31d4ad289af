package dev.objectos.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.metadata.FieldType;
import dev.objectos.runtime.metadata.InvalidValueException;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.ImportOrder;
import dev.objectos.runtime.query.ImportOrder.Source;
import dev.objectos.runtime.query.ImportOrder.WriteMode;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the cells of files mean to fields of each type. */
class CellReaderTest {

    private static final ObjectDefinition OBJECT = TestingCatalogs.of("""
            name: things
            fields:
              text: {type: text}
              secret: {type: secret}
              state: {type: select, options: [{value: new, label: Brand new}, {value: sent, label: On its way}]}
              colours: {type: multiselect, options: [{value: r, label: Red}, {value: g, label: Green}]}
              amount: {type: currency}
              count: {type: integer}
              done: {type: boolean}
              day: {type: date}
              hour: {type: time}
              moment: {type: datetime}
              image: {type: image}
              files: {type: file, multiple: true}
              data: {type: json}
              parent: {type: lookup, reference_to: things}
              friends: {type: lookup, reference_to: things, multiple: true}
            """).object("things").orElseThrow();

    private static FieldType type(String field) {
        return OBJECT.field(field).orElseThrow().type();
    }

    private static CellReader reader(Source source, boolean trim) {
        var order = new ImportOrder("things", source, WriteMode.INSERT, List.of(), Map.of(), false, false, trim,
                Set.of("NULL", "n/a"), false);
        return new CellReader(order, ZoneId.of("Europe/Berlin"));
    }

    private static Object read(Source source, String field, Object cell) throws InvalidValueException {
        return reader(source, true).value(type(field), cell);
    }

    private static BigDecimal number(String digits) {
        return new BigDecimal(digits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text    | '=1+1                  | =1+1
            text    | plain                  | plain
            state   | sent                   | sent
            state   | BRAND NEW              | new
            state   | lost                   | lost
            colours | r;Green                | [r, g]
            colours | r; ;                   | [r]
            colours | ["Red","x"]            | [r, x]
            amount  | +12.50                 | 12.50
            amount  | -3                     | -3
            count   | many                   | many
            done    | Yes                    | true
            done    | on                     | true
            done    | 0                      | false
            done    | N                      | false
            done    | perhaps                | perhaps
            day     | 2026-03-01             | 2026-03-01
            day     | 2026-03-01T00:00:00Z   | 2026-03-01
            day     | 2026-03-01 00:00       | 2026-03-01
            day     | 2026-03-01 10:30       | 2026-03-01 10:30
            hour    | 10:30                  | 10:30
            moment  | 2026-01-01T10:00:00+02:00 | 2026-01-01T08:00:00Z
            moment  | 2026-01-01 10:00       | 2026-01-01T09:00:00Z
            moment  | 2026-07-01T10:00       | 2026-07-01T08:00:00Z
            moment  | 2026-07-01             | 2026-06-30T22:00:00Z
            moment  | soon                   | soon
            image   | a.png                  | a.png
            files   | a.png;b.png            | [a.png, b.png]
            data    | {"a":[true,"x"]}       | {a=[true, x]}
            parent  | Boss                   | Boss
            """, quoteCharacter = '`')
    void readsTextsOfCsvAsTheFieldMeansThem(String field, String cell, String value) throws InvalidValueException {
        assertThat(read(Source.CSV, field, cell)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text   | 42.0                 | 42
            text   | 1E+3                 | 1000
            amount | 0.30000000000000004  | 0.3
            count  | 7                    | 7
            done   | 1                    | true
            day    | 46082                | 2026-03-01
            day    | 46082.5              | 46082.5
            hour   | 0.4375               | 10:30
            hour   | 1.5                  | 1.5
            hour   | -0.5                 | -0.5
            moment | 46082.4375           | 2026-03-01T10:30:00Z
            moment | 46082.999999999      | 2026-03-02T00:00:00Z
            """)
    void readsNumbersOfSpreadsheetsAsTheFieldMeansThem(String field, BigDecimal cell, String value)
            throws InvalidValueException {
        assertThat(read(Source.SPREADSHEET, field, cell)).hasToString(value);
    }

    @Test
    void seesWhereASpreadsheetHasCutATextOff() {
        String cut = "x".repeat(32_766) + "…";
        assertThat(reader(Source.SPREADSHEET, true).cut(cut)).isTrue();
        assertThat(reader(Source.SPREADSHEET, true).cut("x" + cut)).isFalse();
        assertThat(reader(Source.SPREADSHEET, true).cut("x…")).isFalse();
        assertThat(reader(Source.SPREADSHEET, true).cut(null)).isFalse();
        assertThat(reader(Source.CSV, true).cut(cut)).isFalse();
    }

    @Test
    void leavesTheNumbersOfJsonToTheField() throws InvalidValueException {
        BigDecimal number = number("46082.5");
        for (String field : List.of("text", "amount", "day", "hour", "moment", "done", "state")) {
            assertThat(read(Source.JSON, field, number)).as(field).isSameAs(number);
        }
        assertThat(read(Source.JSON, "text", "'=1+1")).isEqualTo("'=1+1");
        assertThat(read(Source.JSON, "data", "{}")).isEqualTo("{}");
        assertThat(read(Source.JSON, "done", false)).isEqualTo(false);
        assertThat(read(Source.JSON, "colours", List.of("Green", true))).isEqualTo(List.of("g", true));
    }

    @Test
    void writesATruthValueOfASpreadsheetIntoATextAsAWord() throws InvalidValueException {
        assertThat(read(Source.SPREADSHEET, "text", true)).isEqualTo("true");
        assertThat(read(Source.SPREADSHEET, "done", true)).isEqualTo(true);
        assertThat(read(Source.JSON, "text", true)).isEqualTo(true);
    }

    @Test
    void refusesWhatIsNoJson() {
        for (String cell : List.of("{", "null", "plain words")) {
            assertThatThrownBy(() -> read(Source.CSV, "data", cell)).as(cell)
                    .isInstanceOfSatisfying(InvalidValueException.class, refused -> {
                        assertThat(refused.code()).isEqualTo("invalid_type");
                        assertThat(refused.message()).isEqualTo("must be JSON");
                    });
        }
        assertThatThrownBy(() -> read(Source.CSV, "colours", "[r")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> read(Source.JSON, "colours", "[r")).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void findsTheRecordsThatACellNames() throws InvalidValueException {
        CellReader csv = reader(Source.CSV, true);
        assertThat(csv.names(type("parent"), "Ada; Grace")).containsExactly("Ada; Grace");
        assertThat(csv.names(type("friends"), "Ada; Grace")).containsExactly("Ada", "Grace");
        assertThat(csv.names(type("friends"), "'=Ada")).containsExactly("=Ada");
        assertThat(csv.names(type("parent"), 7)).containsExactly(7);
        assertThat(csv.names(type("friends"), 7)).containsExactly(7);
    }

    @Test
    void takesWhatMeansNothingForEmpty() {
        CellReader trimming = reader(Source.CSV, true);
        assertThat(trimming.bare("  a  ")).isEqualTo("a");
        assertThat(trimming.bare("   ")).isNull();
        assertThat(trimming.bare(" NULL ")).isNull();
        assertThat(trimming.bare("null")).isEqualTo("null");
        assertThat(trimming.bare(null)).isNull();
        assertThat(trimming.bare(1.5)).isEqualTo(1.5);
        CellReader exact = reader(Source.CSV, false);
        assertThat(exact.bare(" a ")).isEqualTo(" a ");
        assertThat(exact.bare(" n/a")).isEqualTo(" n/a");
        assertThat(exact.bare("n/a")).isNull();
        assertThat(reader(Source.SPREADSHEET, true).bare(1.5)).isEqualTo(number("1.5"));
    }

    @Test
    void knowsTheMarkThatExportsPutInPlaceOfASecret() {
        assertThat(CellReader.concealed(type("secret"), "••••••")).isTrue();
        assertThat(CellReader.concealed(type("secret"), "open")).isFalse();
        assertThat(CellReader.concealed(type("text"), "••••••")).isFalse();
    }
}
