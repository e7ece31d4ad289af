package dev.objectos.audit.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Entries in a spreadsheet, in as many sheets as they need. Everything but the version is text, and no text is a formula. */
final class SheetEntries implements EntryFile {

    /** What a cell of Excel holds at most. */
    private static final int LONGEST_TEXT = 32_767;

    private static final int FLUSHED_TOGETHER = 200;

    private final Workbook workbook;
    private Worksheet sheet;
    private int sheets;
    private int row;

    SheetEntries(OutputStream out) {
        this.workbook = new Workbook(out, "ObjectOS", "1.0");
        this.sheet = nextSheet();
    }

    private Worksheet nextSheet() {
        Worksheet next = workbook.newWorksheet(++sheets == 1 ? "audit" : "audit " + sheets);
        next.freezePane(0, 1);
        for (int column = 0; column < TextEntries.COLUMNS.size(); column++) {
            next.inlineString(0, column, TextEntries.COLUMNS.get(column));
            next.style(0, column).bold().set();
        }
        row = 1;
        return next;
    }

    @Override
    public void write(Map<String, @Nullable Object> entry) throws IOException {
        if (row == Worksheet.MAX_ROWS) {
            sheet.finish();
            sheet = nextSheet();
        }
        for (int column = 0; column < TextEntries.COLUMNS.size(); column++) {
            Object value = entry.get(TextEntries.COLUMNS.get(column));
            if (value instanceof Number number) {
                sheet.value(row, column, number);
            } else if (value != null) {
                sheet.inlineString(row, column, fitting(value.toString()));
            }
        }
        if (++row % FLUSHED_TOGETHER == 0) {
            sheet.flush();
        }
    }

    @Override
    public void end() throws IOException {
        sheet.finish();
        workbook.finish();
    }

    private static String fitting(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
