package dev.objectos.server.export;

import dev.objectos.runtime.query.RecordColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A spreadsheet, in as many sheets as its rows need. Numbers, dates and truth values are such; what a spreadsheet could not
 * hold exactly (more than 15 digits, days before March 1900, parts of milliseconds) is text. No text is a formula.
 */
final class XlsxFile implements RecordFile {

    /** What a cell of Excel holds at most. */
    private static final int LONGEST_TEXT = 32_767;

    private static final int MOST_DIGITS = 15;
    private static final int FLUSHED_TOGETHER = 200;
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);

    private final Workbook workbook;
    private final String name;
    private final int mostRows;
    private final boolean header;
    private List<RecordColumn> columns = List.of();
    private @Nullable Worksheet sheet;
    private int sheets;
    private int row;

    XlsxFile(OutputStream out, String name, boolean header) {
        this(out, name, header, Worksheet.MAX_ROWS);
    }

    /**
     * @param header whether the first row of a sheet names the columns
     * @param mostRows of a sheet, the names of the columns among them
     */
    XlsxFile(OutputStream out, String name, boolean header, int mostRows) {
        this.workbook = new Workbook(out, "ObjectOS", "1.0");
        this.name = name;
        this.header = header;
        this.mostRows = mostRows;
    }

    @Override
    public void begin(List<RecordColumn> found) throws IOException {
        columns = found;
        sheet = nextSheet();
    }

    @Override
    public void record(Row record) throws IOException {
        Worksheet current = sheet;
        if (current == null || row == mostRows) {
            if (current != null) {
                current.finish();
            }
            current = nextSheet();
            sheet = current;
        }
        for (int i = 0; i < columns.size(); i++) {
            String text = record.text(i);
            if (text != null) {
                cell(current, i, columns.get(i).kind(), text);
            }
        }
        if (++row % FLUSHED_TOGETHER == 0) {
            current.flush();
        }
    }

    @Override
    public void end() throws IOException {
        if (sheet != null) {
            sheet.finish();
        }
        workbook.finish();
    }

    private Worksheet nextSheet() {
        sheets++;
        Worksheet next = workbook.newWorksheet(sheets == 1 ? name : name + " " + sheets);
        row = 0;
        if (!header) {
            return next;
        }
        next.freezePane(0, 1);
        for (int i = 0; i < columns.size(); i++) {
            next.inlineString(0, i, columns.get(i).name());
            next.style(0, i).bold().set();
        }
        row = 1;
        return next;
    }

    private void cell(Worksheet into, int column, RecordColumn.Kind kind, String text) {
        switch (kind) {
            case NUMBER -> number(into, column, text);
            case BOOLEAN -> into.value(row, column, Boolean.valueOf(text));
            case DATE -> date(into, column, text);
            case INSTANT -> moment(into, column, text);
            case TEXT, ID, TIME, JSON -> text(into, column, text);
        }
    }

    private void number(Worksheet into, int column, String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException _) {
            text(into, column, text);
            return;
        }
        if (number.stripTrailingZeros().precision() > MOST_DIGITS) {
            text(into, column, text);
        } else {
            into.value(row, column, number);
        }
    }

    private void date(Worksheet into, int column, String text) {
        LocalDate day = LocalDate.parse(text);
        if (day.isBefore(FIRST_DAY)) {
            text(into, column, text);
        } else {
            into.value(row, column, day);
            into.style(row, column).format("yyyy-mm-dd").set();
        }
    }

    private void moment(Worksheet into, int column, String text) {
        Instant moment = Instant.parse(text);
        var local = moment.atOffset(ZoneOffset.UTC).toLocalDateTime();
        if (local.toLocalDate().isBefore(FIRST_DAY) || !moment.equals(moment.truncatedTo(ChronoUnit.MILLIS))) {
            text(into, column, text);
        } else {
            into.value(row, column, local);
            into.style(row, column).format("yyyy-mm-dd hh:mm:ss.000").set();
        }
    }

    private void text(Worksheet into, int column, String text) {
        into.inlineString(row, column, SheetText
                .escaped(text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…"));
    }
}
