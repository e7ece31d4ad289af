package dev.objectos.server.intake;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.ImportRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

/** CSV (RFC 4180) in UTF-8; between its cells commas, semicolons or tabs, as its first line shows. */
final class CsvRows implements RowFile {

    private static final int FIRST_LINE = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final CsvReader<CsvRecord> reader;
    private final CloseableIterator<CsvRecord> records;
    private final Headers headers;

    private CsvRows(BufferedReader text) throws IOException {
        reader = CsvReader.builder().fieldSeparator(separator(text))
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE).extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .skipEmptyLines(true).ofCsvRecord(text);
        records = reader.iterator();
        if (!reading(records::hasNext)) {
            throw refuse("The file is empty", null);
        }
        headers = Headers.of(reading(records::next).getFields());
    }

    static CsvRows of(String text) {
        try {
            return new CsvRows(new BufferedReader(new StringReader(text)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CsvRows of(InputStream utf8) throws IOException {
        Reader text = new InputStreamReader(utf8, StandardCharsets.UTF_8.newDecoder());
        try {
            return new CsvRows(new BufferedReader(text, FIRST_LINE));
        } catch (CharacterCodingException e) {
            throw refuse("The file is not UTF-8", e);
        }
    }

    @Override
    public List<String> columns() {
        return headers.names();
    }

    @Override
    public Iterator<ImportRow> rows() {
        return new Iterator<>() {

            private int number;

            @Override
            public boolean hasNext() {
                return reading(records::hasNext);
            }

            @Override
            public ImportRow next() {
                CsvRecord row = reading(records::next);
                return new ImportRow(++number,
                        headers.cells(row.getFields(), "Line " + row.getStartingLineNumber()));
            }
        };
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private interface Step<T> {

        T take();
    }

    private static <T> T reading(Step<T> step) {
        try {
            return step.take();
        } catch (CsvParseException e) {
            throw refuse("The file is no CSV: a quoted cell is too large or does not end", e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw refuse("The file is not UTF-8", e);
            }
            throw refuse("The file could not be read to its end", e);
        }
    }

    /** The most frequent candidate outside of quotes in the first line; takes a byte order mark away. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        text.mark(FIRST_LINE);
        int commas = 0;
        int semicolons = 0;
        int tabs = 0;
        boolean quoted = false;
        for (int i = 0; i < FIRST_LINE; i++) {
            int c = text.read();
            if (c < 0 || !quoted && (c == '\n' || c == '\r')) {
                break;
            }
            switch (c) {
                case '"' -> quoted = !quoted;
                case ',' -> commas += quoted ? 0 : 1;
                case ';' -> semicolons += quoted ? 0 : 1;
                case '\t' -> tabs += quoted ? 0 : 1;
                default -> {
                }
            }
        }
        text.reset();
        if (semicolons > commas && semicolons >= tabs) {
            return ';';
        }
        return tabs > commas ? '\t' : ',';
    }

    private static PlatformException refuse(String message, @org.jspecify.annotations.Nullable Throwable cause) {
        return cause == null
                ? new PlatformException(RuntimeError.INVALID_REQUEST, message)
                : new PlatformException(RuntimeError.INVALID_REQUEST, message, cause);
    }
}
