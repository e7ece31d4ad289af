package dev.objectos.server.intake;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.ImportRow;
import dev.objectos.server.export.SheetText;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.jspecify.annotations.Nullable;

/** A sheet of a spreadsheet: its first row with anything in it names the columns. Formulas count as what they came to. */
final class XlsxRows implements RowFile {

    /** Days between the two calendars that spreadsheets count from. */
    private static final BigDecimal FROM_1904 = BigDecimal.valueOf(1_462);

    private final Path file;
    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final Headers headers;
    private final int first;

    private XlsxRows(Path file, ReadableWorkbook workbook, Stream<Row> stream) {
        this.file = file;
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
        Row header = next();
        if (header == null) {
            throw new PlatformException(RuntimeError.INVALID_REQUEST, "The sheet is empty");
        }
        this.first = header.getRowNum();
        this.headers = Headers.of(cells(header).stream().map(cell -> cell == null ? "" : cell.toString()).toList());
    }

    /**
     * Reads a file, which is removed afterwards.
     *
     * @param sheet its name or its number, counted from 1; null: the first
     */
    static XlsxRows of(Path file, @Nullable String sheet) throws IOException {
        SpreadsheetGuard.check(file);
        ReadableWorkbook workbook = null;
        try {
            workbook = new ReadableWorkbook(file.toFile(), new ReadingOptions(true, false));
            return new XlsxRows(file, workbook, sheet(workbook, sheet).openStream());
        } catch (ExcelReaderException | IndexOutOfBoundsException e) {
            close(workbook);
            throw unreadable(e);
        } catch (PlatformException e) {
            close(workbook);
            throw e;
        }
    }

    private static void close(@Nullable ReadableWorkbook workbook) throws IOException {
        if (workbook != null) {
            workbook.close();
        }
    }

    private static Sheet sheet(ReadableWorkbook workbook, @Nullable String wanted) {
        if (wanted == null) {
            return workbook.getFirstSheet();
        }
        return workbook.findSheet(wanted)
                .or(() -> wanted.matches("\\d{1,4}")
                        ? workbook.getSheet(Integer.parseInt(wanted) - 1)
                        : java.util.Optional.empty())
                .orElseThrow(() -> new PlatformException(RuntimeError.INVALID_REQUEST,
                        "The spreadsheet has no sheet \"" + wanted + "\""));
    }

    @Override
    public List<String> columns() {
        return headers.names();
    }

    @Override
    public Iterator<ImportRow> rows() {
        return new Iterator<>() {

            private @Nullable Row ahead = XlsxRows.this.next();

            @Override
            public boolean hasNext() {
                return ahead != null;
            }

            @Override
            public ImportRow next() {
                Row row = ahead;
                if (row == null) {
                    throw new NoSuchElementException();
                }
                ahead = XlsxRows.this.next();
                return new ImportRow(row.getRowNum() - first, headers.cells(cells(row), "Row " + row.getRowNum()));
            }
        };
    }

    /** The next row with anything in it. */
    private @Nullable Row next() {
        try {
            while (rows.hasNext()) {
                Row row = rows.next();
                if (cells(row).stream().anyMatch(cell -> cell != null && !cell.equals(""))) {
                    return row;
                }
            }
            return null;
        } catch (ExcelReaderException | IllegalArgumentException | IndexOutOfBoundsException
                | IllegalStateException e) {
            throw unreadable(e);
        }
    }

    private List<@Nullable Object> cells(Row row) {
        var cells = new ArrayList<@Nullable Object>(row.getCellCount());
        for (Cell cell : row) {
            cells.add(cell == null ? null : value(cell));
        }
        return cells;
    }

    private @Nullable Object value(Cell cell) {
        Object value = cell.getValue();
        return switch (value) {
            case BigDecimal number when workbook.isDate1904() && isDate(cell) -> number.add(FROM_1904);
            case BigDecimal number -> number;
            case Boolean truth -> truth;
            case null -> null;
            default -> SheetText.plain(value.toString());
        };
    }

    private static boolean isDate(Cell cell) {
        String format = cell.getDataFormatString();
        Integer known = cell.getDataFormatId();
        return known != null && (known >= 14 && known <= 22 || known >= 45 && known <= 47)
                || format != null && format.toLowerCase(Locale.ROOT).matches(".*(y|d|h:|:s).*");
    }

    private static PlatformException unreadable(RuntimeException cause) {
        return new PlatformException(RuntimeError.INVALID_REQUEST, "The file is no XLSX spreadsheet", cause);
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
        Files.deleteIfExists(file);
    }
}
