package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Rows that become records while the caller waits. */
@ExtendWith(SharedRealServer.class)
final class ImportTests {

    private static final String[] CLERK = {"Authorization", "Bearer clerk"};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("NullAway.Init")
    private static TestingHttp http;

    @BeforeAll
    static void start(TestingHttp shared) {
        http = shared;
    }

    @Test
    void createsARecordForEachRowAndTellsOfEach() {
        String batch = batch();
        Answer answer = csv(batch, """
                Last name,industry,salary,vip,tags,start_date
                Ada,%1$s,12345678901234.10,yes,a;b,2026-01-31
                ,%1$s,,,,
                Grace,%1$s,not a number,,,
                "Multi
                line",%1$s,-1.5,0,"[""x;y""]",
                """, Map.of());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json()).containsEntry("object", "contacts").containsEntry("dryRun", false)
                .containsEntry("total", 4).containsEntry("created", 2).containsEntry("updated", 0)
                .containsEntry("errors", 2);
        List<Map<String, Object>> results = results(answer);
        assertThat(results.getFirst()).containsEntry("row", 1).containsEntry("ok", true)
                .containsEntry("action", "created").containsKey("id");
        assertThat(results.get(1)).containsEntry("ok", false).containsEntry("action", "failed")
                .containsEntry("field", "last_name").containsEntry("code", "VALIDATION_FAILED").containsKey("error");
        assertThat(results.get(2)).containsEntry("row", 3).containsEntry("field", "salary");
        assertThat(stored(batch, "last_name,salary,vip,tags,start_date,status")).containsExactly(
                "Ada|12345678901234.10|true|[a, b]|2026-01-31|active", "Multi\nline|-1.50|false|[x;y]|null|active");
    }

    @Test
    void takesAnExportAgainAsItIs() throws IOException {
        String batch = batch();
        String account = created("/api/data/accounts", "{\"name\": \"Home of " + batch + "\"}");
        csv(batch, """
                last_name,industry,salary,vip,tags,start_date,email
                =SUM(A1),%1$s,-5,true,a;b,2026-01-31,ada-%1$s@example.com
                'quoted,%1$s,1234567890123456.78,,,,
                "two
                lines ""x\"\"",%1$s,0.1,false,,0001-01-01,
                """.replace("ada-%1$s", "ada-" + batch.hashCode()), Map.of());
        http.send("PATCH", "/api/data/contacts/" + ids(batch).getFirst(), "{\"account\": \"" + account + "\"}");
        String before = http.get("/api/data/contacts/export?sort=id&" + filter(batch)).body();
        for (String format : List.of("csv", "json", "ndjson", "xlsx")) {
            byte[] file = http.bytes("/api/data/contacts/export?format=" + format + "&" + filter(batch));
            Answer again = http.upload("/api/data/contacts/import?writeMode=upsert", "contacts." + format, file);
            assertThat(again.json()).as(format + again.body()).containsEntry("updated", 3).containsEntry("errors", 0);
            assertThat((List<?>) again.json().get("ignored")).asString().contains("created_at", "version");
            assertThat(http.get("/api/data/contacts/export?sort=id&" + filter(batch)).body()).as(format)
                    .isEqualTo(before);
        }
        Answer anew = http.post("/api/data/contacts/import", JSON.writeValueAsString(Map.of("csv", before, "mapping",
                Map.of("email", ""))), "Content-Type", "application/json");
        assertThat(anew.json()).as(anew.body()).containsEntry("created", 3);
    }

    @Test
    void givesTheSameRecordsAgainWhateverTheirTextsBeginWith() {
        String batch = batch();
        List<String> names = List.of("=1+1", "+49 30 1234", "-x", "@all", "'plain", "'=quoted", "''-twice",
                "\tafter a tab",
                "\rafter a return", "007", "Größe 漢字 😀", "a,b;c\"d\"", "two\nlines", "two\r\nlines", "null", "=", "'",
                "''");
        var people = names.stream().map(name -> Map.of("last_name", name, "industry", batch)).toList();
        assertThat(http.post("/api/data/contacts/createMany", JSON.writeValueAsString(people)).status())
                .isEqualTo(201);
        String before = http.get("/api/data/contacts/export?format=json&select=id,last_name&sort=id&" + filter(batch))
                .body();
        assertThat(JSON.readTree(before).valueStream().map(person -> person.path("last_name").asString()))
                .containsExactlyElementsOf(names);
        for (String format : List.of("csv", "json", "ndjson", "xlsx")) {
            byte[] file = http.bytes("/api/data/contacts/export?format=" + format + "&" + filter(batch));
            Answer again = http.upload("/api/data/contacts/import?writeMode=upsert&trimWhitespace=false",
                    "contacts." + format, file);
            assertThat(again.json()).as(format + again.body()).containsEntry("updated", names.size())
                    .containsEntry("errors", 0);
            assertThat(http
                    .get("/api/data/contacts/export?format=json&select=id,last_name&sort=id&" + filter(batch)).body())
                    .as(format).isEqualTo(before);
        }
    }

    @Test
    void findsRecordsOfLookupsByNameExternalIdOrAnotherField() {
        String batch = batch();
        String account = created("/api/data/accounts", "{\"name\": \"Acme " + batch + "\"}");
        Answer answer = csv(batch, """
                last_name,industry,account,owner
                One,%1$s,Acme %1$s,
                Two,%1$s,%2$s,ada@example.com
                Three,%1$s,Nowhere,
                """.replace("%2$s", account), Map.of());
        assertThat(answer.json()).as(answer.body()).containsEntry("created", 2).containsEntry("errors", 1);
        assertThat(results(answer).getLast()).containsEntry("field", "account");
        assertThat(stored(batch, "account")).containsExactly(account, account);
        Answer dotted = csv(batch, "last_name,industry,account.name\nFour,%1$s,Acme %1$s\n", Map.of());
        assertThat(dotted.json()).containsEntry("created", 1);
        Answer nested = http.post("/api/data/contacts/import", JSON.writeValueAsString(Map.of("rows", List.of(
                Map.of("last_name", "Five", "industry", batch, "account", Map.of("id", account, "name", "x"))))));
        assertThat(nested.json()).as(nested.body()).containsEntry("created", 1);
        assertThat(stored(batch, "account")).containsOnly(account).hasSize(4);
    }

    @Test
    void updatesWhatMatchesAndEmptiesWhatIsBlank() {
        String batch = batch();
        String mail = "m" + Math.abs(batch.hashCode()) + "@example.com";
        csv(batch, "last_name,industry,email,salary\nOld,%1$s," + mail + ",5\n", Map.of());
        Answer upsert = csv(batch, "last_name,industry,email,salary,status\nNew,%1$s," + mail + ",,\nMade,%1$s,x" + mail
                + ",7,\n", Map.of("writeMode", "upsert"));
        assertThat(upsert.json()).as(upsert.body()).containsEntry("created", 1).containsEntry("updated", 1);
        assertThat(stored(batch, "last_name,salary,status")).containsExactly("New|null|null", "Made|7.00|active");
        Answer update = csv(batch, "email,salary\n" + mail + ",1\nnobody@example.com,2\n,3\n",
                Map.of("writeMode", "update", "matchFields", List.of("email")));
        assertThat(update.json()).containsEntry("updated", 1).containsEntry("skipped", 2).containsEntry("errors", 0);
        assertThat(results(update).get(1)).containsEntry("action", "skipped").containsEntry("code",
                "RECORD_NOT_FOUND");
        Answer twice = csv(batch, "last_name,industry,email\nA,%1$s,twice" + mail + "\nB,%1$s,twice" + mail + "\n",
                Map.of("writeMode", "upsert"));
        assertThat(twice.json()).containsEntry("created", 1).containsEntry("updated", 1);
        Answer byName = csv(batch, "last_name,industry,vip\nMade,%1$s,true\n",
                Map.of("writeMode", "upsert", "matchFields", List.of("last_name", "industry")));
        assertThat(byName.json()).containsEntry("updated", 1);
        assertThat(stored(batch, "vip")).contains("true");
    }

    @Test
    void keepsNothingOfADryRun() {
        String batch = batch();
        Answer answer = csv(batch, "last_name,industry\nOne,%1$s\n,%1$s\nTwo,%1$s\n", Map.of("dryRun", true));
        assertThat(answer.json()).containsEntry("dryRun", true).containsEntry("created", 2)
                .containsEntry("errors", 1);
        assertThat(results(answer).getFirst()).doesNotContainKey("id");
        assertThat(stored(batch, "last_name")).isEmpty();
    }

    @Test
    void writesAllOrNothingWhereThatIsWanted() {
        String batch = batch();
        Answer refused = csv(batch, "last_name,industry\nOne,%1$s\n,%1$s\nTwo,%1$s\n", Map.of("atomic", true));
        assertThat(refused.json()).as(refused.body()).containsEntry("created", 0).containsEntry("errors", 1)
                .containsEntry("skipped", 2);
        assertThat(stored(batch, "last_name")).isEmpty();
        Answer done = csv(batch, "last_name,industry\nOne,%1$s\nTwo,%1$s\n", Map.of("atomic", true));
        assertThat(done.json()).containsEntry("created", 2);
    }

    @Test
    void mapsColumnsAndLeavesOthersOut() {
        String batch = batch();
        Answer unknown = csv(batch, "Nachname,industry,Zeug\nAda,%1$s,x\n", Map.of());
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json()).containsEntry("code", "INVALID_FIELD");
        assertThat(unknown.body()).contains("Nachname", "Zeug");
        var mapping = new LinkedHashMap<String, @Nullable Object>();
        mapping.put("Nachname", "last_name");
        mapping.put("Zeug", null);
        Answer mapped = csv(batch, "Nachname,industry,Zeug\nAda,%1$s,x\n", Map.of("mapping", mapping));
        assertThat(mapped.json()).as(mapped.body()).containsEntry("created", 1);
    }

    @Test
    void readsSemicolonsByteOrderMarksAndOtherWaysToSendAFile() {
        String batch = batch();
        String file = "\uFEFFlast_name;industry\r\n\"A;B\";" + batch + "\r\n\r\nC;" + batch + "\r\n";
        Answer plain = http.send("POST", "/api/data/contacts/import?dryRun=true", file, "Content-Type",
                "text/csv; charset=utf-8");
        assertThat(plain.json()).as(plain.body()).containsEntry("created", 2).containsEntry("dryRun", true);
        Answer upload = http.upload("/api/data/contacts/import", "people.csv", file.getBytes(StandardCharsets.UTF_8));
        assertThat(upload.json()).containsEntry("created", 2);
        assertThat(stored(batch, "last_name")).containsExactly("A;B", "C");
        Answer lines = http.send("POST", "/api/data/contacts/import", "{\"last_name\":\"D\",\"industry\":\"" + batch
                + "\"}\n", "Content-Type", "application/x-ndjson");
        assertThat(lines.json()).containsEntry("created", 1);
        Answer array = http.post("/api/data/contacts/import?writeMode=insert",
                "[{\"last_name\":\"E\",\"industry\":\"" + batch + "\"}]");
        assertThat(array.json()).containsEntry("created", 1);
    }

    @Test
    void keepsToTheRightsOfTheCaller() {
        assertThat(http.post("/api/data/accounts/import", "{\"rows\": [{\"name\": \"x\"}]}", CLERK).status())
                .isEqualTo(403);
        Answer hidden = http.post("/api/data/staff/import", "{\"rows\": [{\"name\": \"x\", \"salary\": 5}]}", CLERK);
        assertThat(hidden.json()).containsEntry("code", "INVALID_FIELD");
        String id = created("/api/data/staff", "{\"name\": \"Old\", \"status\": \"left\"}");
        Answer rows = http.post("/api/data/staff/import", "{\"writeMode\": \"update\", \"rows\": [{\"id\": \"" + id
                + "\", \"name\": \"New\"}]}", CLERK);
        assertThat(results(rows).getFirst()).containsEntry("code", "PERMISSION_DENIED").containsEntry("action",
                "failed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{}|INVALID_REQUEST", "{\"rows\": {}}|INVALID_REQUEST",
            "{\"rows\": [1]}|INVALID_REQUEST", "{\"rows\": [], \"csv\": \"a\"}|INVALID_REQUEST",
            "{\"rows\": [], \"writeMode\": \"merge\"}|INVALID_REQUEST", "{\"rows\": [], \"odd\": 1}|INVALID_REQUEST",
            "{\"rows\": [{\"last_name\": \"x\"}], \"writeMode\": \"update\"}|INVALID_REQUEST",
            "{\"rows\": [{\"last_name\": \"x\"}], \"writeMode\": \"update\", \"matchFields\": [\"odd\"]}|INVALID_FIELD",
            "{\"rows\": [{\"tenant_id\": \"x\"}]}|INVALID_FIELD", "{\"csv\": \"\"}|INVALID_REQUEST",
            "{\"csv\": \"a,a\"}|INVALID_REQUEST", "{\"csv\": \"last_name\\nx,y\"}|INVALID_REQUEST",
            "{\"csv\": \"last_name\", \"format\": \"xlsx\"}|INVALID_REQUEST",
            "{\"xlsxBase64\": \"AAAA\"}|INVALID_REQUEST",
            "{\"rows\": [{\"last_name\": \"x\"}], \"mapping\": {\"gone\": \"last_name\"}}|INVALID_REQUEST",
            "{\"rows\": [{\"last_name\": \"x\"}], \"runAutomations\": false}|INVALID_REQUEST"})
    void refusesWhatCannotBeImportedBeforeAnythingIsWritten(String body, String code) {
        Answer answer = http.post("/api/data/contacts/import", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json()).containsEntry("code", code);
    }

    @Test
    void sendsManyRowsToTheJobs() {
        var csv = new StringBuilder("last_name\n");
        for (int i = 0; i <= 10_000; i++) {
            csv.append("x\n");
        }
        Answer answer = http.send("POST", "/api/data/contacts/import", csv.toString(), "Content-Type", "text/csv");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("/api/data/contacts/import/jobs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"})
    void refusesSpreadsheetsThatBurst(String part) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            zip.putNextEntry(new ZipEntry(part));
            zip.write("<x>".getBytes(StandardCharsets.UTF_8));
            var zeros = new byte[1 << 20];
            Arrays.fill(zeros, (byte) ' ');
            for (int i = 0; i < 520; i++) {
                zip.write(zeros);
            }
        }
        Answer answer = http.upload("/api/data/contacts/import", "bomb.xlsx", bytes.toByteArray());
        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
    }

    @Test
    void refusesEntitiesInSpreadsheets() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>"
                    .getBytes(StandardCharsets.UTF_8));
        }
        Answer answer = http.post("/api/data/contacts/import", "{\"xlsxBase64\": \""
                + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\"}");
        assertThat(answer.status()).isEqualTo(400);
    }

    private static Answer csv(String batch, String template, Map<String, Object> more) {
        var body = new LinkedHashMap<String, Object>(more);
        body.put("format", "csv");
        body.put("csv", template.replace("%1$s", batch));
        return http.post("/api/data/contacts/import", JSON.writeValueAsString(body));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> results(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return (List<Map<String, Object>>) Objects.requireNonNull(answer.json().get("results"));
    }

    private static String batch() {
        return "Batch " + UUID.randomUUID();
    }

    private static String created(String path, String json) {
        Answer made = http.post(path, json);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return String.valueOf(made.json().get("id"));
    }

    /** The values of the batch's records, in the order of their creation. */
    @SuppressWarnings("unchecked")
    private static List<String> stored(String batch, String fields) {
        Answer page = http.get("/api/data/contacts?top=100&sort=id&select=" + fields + "&" + filter(batch));
        var rows = new ArrayList<String>();
        for (Map<String, Object> record : (List<Map<String, Object>>) Objects
                .requireNonNull(page.json().get("records"))) {
            rows.add(String.join("|", List.of(fields.split(",", -1)).stream()
                    .map(field -> String.valueOf(record.get(field))).toList()));
        }
        return rows;
    }

    private static List<String> ids(String batch) {
        return stored(batch, "id");
    }

    private static String filter(String batch) {
        return "industry=" + URLEncoder.encode(batch, StandardCharsets.UTF_8);
    }
}
