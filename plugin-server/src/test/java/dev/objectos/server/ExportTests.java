package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.objectos.server.TestingHttp.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of what a query finds. */
@ExtendWith(SharedRealServer.class)
final class ExportTests {

    private static final String[] CLERK = {"Authorization", "Bearer clerk"};

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
    }

    @Test
    void writesCsvWithTheNamesOfFieldsAndOnlyWhatIsAskedFor() {
        String batch = people(
                """
                        [{"last_name": "Ölçer, \\"A\\"", "industry": "%1$s", "salary": 12345678901234.10, "vip": true, "tags": ["a", "b"],
                          "start_date": "2026-01-31"}, {"last_name": "Line\\nbreak", "industry": "%1$s"}]""");
        Answer csv = http.get(
                "/api/data/contacts/export?select=last_name,salary,vip,tags,start_date,account&orderby=-last_name&"
                        + filter(batch));
        assertThat(csv.status()).as(csv.body()).isEqualTo(200);
        assertThat(csv.header("Content-Type")).isEqualTo("text/csv;charset=utf-8");
        assertThat(csv.header("Content-Disposition"))
                .matches("attachment; filename=\"contacts-\\d{4}-\\d\\d-\\d\\d\\.csv\"");
        assertThat(csv.header("ETag")).isNull();
        assertThat(csv.body()).isEqualTo("last_name,salary,vip,tags,start_date,account\r\n"
                + "\"Ölçer, \"\"A\"\"\",12345678901234.10,true,\"[\"\"a\"\",\"\"b\"\"]\",2026-01-31,\r\n"
                + "\"Line\nbreak\",,,,,\r\n");
        Answer marked = http.get("/api/data/contacts/export?bom=true&select=last_name&" + filter(batch));
        assertThat(marked.body()).startsWith("\uFEFFlast_name");
    }

    @Test
    void keepsSpreadsheetsFromTakingTextsForFormulas() {
        String batch = people("""
                [{"last_name": "=1+1", "industry": "%1$s", "salary": -5}, {"last_name": "'-x", "industry": "%1$s"},
                 {"last_name": "@cmd", "industry": "%1$s"}, {"last_name": "'plain", "industry": "%1$s"}]""");
        Answer csv = http.get("/api/data/contacts/export?select=last_name,salary&sort=id&" + filter(batch));
        assertThat(rows(csv)).containsExactly(List.of("last_name", "salary"), List.of("'=1+1", "-5.00"),
                List.of("''-x", ""), List.of("'@cmd", ""), List.of("'plain", ""));
    }

    @Test
    void writesAllFieldsAndFieldsOfLookups() {
        String account = "Export " + UUID.randomUUID();
        String id = String.valueOf(http.post("/api/data/accounts", "{\"name\": \"" + account + "\"}").json().get("id"));
        String batch = people("[{\"last_name\": \"One\", \"industry\": \"%1$s\", \"account\": \"" + id + "\"}]");
        List<List<String>> all = rows(http.get("/api/data/contacts/export?" + filter(batch)));
        assertThat(all.getFirst()).startsWith("id", "last_name", "email").contains("created_at", "version")
                .doesNotContain("tenant_id");
        assertThat(all.get(1)).contains("One", id);
        assertThat(rows(http.get("/api/data/contacts/export?fields=account.name,last_name&" + filter(batch))))
                .containsExactly(List.of("account.name", "last_name"), List.of(account, "One"));
    }

    @Test
    void writesJsonAndLinesOfJson() {
        String batch = people(
                "[{\"last_name\": \"A\", \"industry\": \"%1$s\"}, {\"last_name\": \"B\", \"industry\": \"%1$s\"}]");
        String select = "&select=last_name,tags&sort=last_name&" + filter(batch);
        Answer json = http.get("/api/data/contacts/export?format=json" + select);
        assertThat(json.header("Content-Type")).isEqualTo("application/json");
        assertThat(http.get("/api/data/contacts?top=10" + select).json().get("records")).isEqualTo(
                dev.objectos.server.json.JsonReader.read(json.body().getBytes(StandardCharsets.UTF_8)));
        Answer lines = http.get("/api/data/contacts/export?format=ndjson" + select);
        assertThat(lines.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(lines.body().lines()).hasSize(2);
        assertThat(lines.body()).endsWith("}\n");
        assertThat(http.get("/api/data/contacts/export?format=json&last_name=" + UUID.randomUUID()).body())
                .isEqualTo("[]");
    }

    @Test
    void writesSpreadsheetsWithTypedCells() throws IOException {
        String batch = people(
                """
                        [{"last_name": "=1+1", "industry": "%1$s", "salary": 12.50, "vip": true, "start_date": "2026-01-31"},
                         {"last_name": "Exact", "industry": "%1$s", "salary": 1234567890123456.78, "start_date": "0001-01-01"}]""");
        byte[] xlsx = http.bytes(
                "/api/data/contacts/export?format=xlsx&select=last_name,salary,vip,start_date,created_at&sort=id&"
                        + filter(batch));
        try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx));
                var rows = workbook.getFirstSheet().openStream()) {
            List<Row> read = rows.toList();
            assertThat(read).hasSize(3);
            assertThat(read.getFirst().getCellAsString(0)).contains("last_name");
            Row first = read.get(1);
            assertThat(first.getCell(0).getType()).isEqualTo(CellType.STRING);
            assertThat(first.getCellAsString(0)).contains("=1+1");
            assertThat(first.getCellAsNumber(1)).hasValueSatisfying(
                    value -> assertThat(value).isEqualByComparingTo(new BigDecimal("12.5")));
            assertThat(first.getCellAsBoolean(2)).contains(true);
            assertThat(first.getCellAsDate(3)).contains(LocalDate.of(2026, 1, 31).atStartOfDay());
            Row second = read.get(2);
            assertThat(second.getCellAsString(1)).contains("1234567890123456.78");
            assertThat(second.getCellAsString(3)).contains("0001-01-01");
        }
    }

    @Test
    void hidesAndMasksWhatTheCallerMayNotSee() {
        String name = "Export " + UUID.randomUUID();
        http.post("/api/data/staff", "{\"name\": \"" + name + "\", \"email\": \"ada@example.com\", \"salary\": 5}");
        List<List<String>> rows = rows(
                http.get("/api/data/staff/export?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8), CLERK));
        assertThat(rows.getFirst()).contains("name", "email").doesNotContain("salary", "yearly", "number");
        assertThat(rows.get(1)).doesNotContain("ada@example.com");
        assertThat(http.get("/api/data/staff/export?select=salary", CLERK).json()).containsEntry("code",
                "INVALID_FIELD");
        assertThat(http.get("/api/data/accounts/export", CLERK).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"format=pdf|INVALID_REQUEST", "no_such=1|INVALID_FIELD",
            "select=no_such|INVALID_FIELD", "limit=0|INVALID_QUERY", "cursor=x|INVALID_QUERY",
            "groupBy=vip|INVALID_QUERY", "count=true|INVALID_QUERY", "bom=maybe|INVALID_REQUEST",
            "format=json&bom=true|INVALID_REQUEST", "filter=%7B%22salary%22:%22x%22%7D|INVALID_FILTER"})
    void refusesWhatCannotBeExportedAsAProblem(String query, String code) {
        Answer answer = http.get("/api/data/contacts/export?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("code", code);
        assertThat(answer.header("Content-Disposition")).isNull();
    }

    @Test
    void refusesUnknownObjectsAndStrangers() {
        assertThat(http.get("/api/data/nothing/export").json()).containsEntry("code", "OBJECT_NOT_FOUND");
        assertThat(http.get("/api/data/contacts/export", "Authorization", "Bearer nobody").status()).isEqualTo(401);
    }

    @Test
    void tellsDiscoveryThatItWorks() {
        Map<?, ?> capabilities = (Map<?, ?>) http.get("/api/v1/discovery").json().get("capabilities");
        assertThat(Objects.requireNonNull(capabilities).get("export")).isEqualTo(Map.of("enabled", true));
    }

    /** Makes contacts of an account that no other test uses. */
    private static String people(String template) {
        String batch = "Batch " + UUID.randomUUID();
        Answer made = http.post("/api/data/contacts/createMany", template.formatted(batch));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return batch;
    }

    private static String filter(String batch) {
        return "industry=" + URLEncoder.encode(batch, StandardCharsets.UTF_8);
    }

    private static List<List<String>> rows(Answer csv) {
        assertThat(csv.status()).as(csv.body()).isEqualTo(200);
        return CsvReader.builder().ofCsvRecord(csv.body()).stream().map(CsvRecord::getFields).toList();
    }
}
