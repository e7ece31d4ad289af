package dev.objectos.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.query.FormulaGuard;
import dev.objectos.runtime.query.RecordColumn;
import dev.objectos.runtime.spi.RecordSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of records that were never in a database. */
final class RecordFileTests {

    @Test
    void beginsAnotherSheetWhereOneIsFull() throws IOException {
        var out = new ByteArrayOutputStream();
        var file = new XlsxFile(out, "people", true, 4);
        file.begin(List.of(new RecordColumn("name", RecordColumn.Kind.TEXT)));
        for (int i = 0; i < 7; i++) {
            file.record(row("Person " + i));
        }
        file.end();
        assertThat(sheets(out)).containsExactly(List.of("name", "Person 0", "Person 1", "Person 2"),
                List.of("name", "Person 3", "Person 4", "Person 5"), List.of("name", "Person 6"));
    }

    @Test
    void writesAnEmptySheetWithItsHeader() throws IOException {
        var out = new ByteArrayOutputStream();
        var file = new XlsxFile(out, "people", true);
        file.begin(List.of(new RecordColumn("name", RecordColumn.Kind.TEXT)));
        file.end();
        assertThat(sheets(out)).containsExactly(List.of("name"));
    }

    @Test
    void staysReadableWhateverATextHolds() throws IOException {
        var out = new ByteArrayOutputStream();
        var file = new XlsxFile(out, "people", true);
        file.begin(List.of(new RecordColumn("name", RecordColumn.Kind.TEXT)));
        file.record(row("a\u0001b <&> \uD83D\uDE00"));
        file.record(row("x".repeat(40_000)));
        file.end();
        List<String> names = sheets(out).getFirst();
        assertThat(names.get(1)).contains("<&>", "\uD83D\uDE00");
        assertThat(names.get(2)).hasSize(32_767).endsWith("x…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "''", "=", "'=", "''=1", "plain", "'plain", "+49 30", "-", "@", "\tx", "\rx",
            "a=b",
            "'-'"})
    void tellsAGuardedTextAgain(String text) {
        String guarded = FormulaGuard.guarded(text);
        assertThat(guarded).doesNotStartWith("=").doesNotStartWith("+").doesNotStartWith("-").doesNotStartWith("@")
                .doesNotStartWith("\t").doesNotStartWith("\r");
        assertThat(FormulaGuard.bare(guarded)).isEqualTo(text);
    }

    private static List<List<String>> sheets(ByteArrayOutputStream out) throws IOException {
        var sheets = new ArrayList<List<String>>();
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                try (var rows = sheet.openStream()) {
                    sheets.add(rows.map(row -> row.getCellAsString(0).orElse("")).toList());
                }
            }
        }
        return sheets;
    }

    private static RecordSink.Row row(@Nullable String... texts) {
        return new RecordSink.Row() {

            @Override
            public @Nullable String text(int column) {
                return Arrays.asList(texts).get(column);
            }

            @Override
            public void writeJson(OutputStream out) {
                throw new AssertionError("a spreadsheet holds no JSON");
            }
        };
    }
}
