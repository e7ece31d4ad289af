package dev.objectos.server;

import dev.objectos.server.TestingHttp.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a file of contacts takes from its upload until its last record is there, as new records and then as changes of the
 * same by their external id, and how long it takes to export them. Arguments: rows, rounds.
 */
public final class ImportBenchmark {

    private ImportBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        try (TestingHttp http = RealServer.start(Files.createTempDirectory("objectos-benchmark"), "import_cost")) {
            for (int round = 0; round < rounds; round++) {
                String run = UUID.randomUUID().toString().substring(0, 8);
                run(http, "created", "insert", file(rows, run, "1.50"), rows);
                run(http, "updated", "upsert", file(rows, run, "2.50"), rows);
                for (String format : new String[]{"csv", "ndjson", "xlsx"}) {
                    export(http, format, run);
                }
            }
        }
        System.exit(0);
    }

    private static byte[] file(int rows, String run, String salary) {
        var csv = new StringBuilder(rows * 80).append("last_name,email,industry,salary,vip,start_date,tags\n");
        for (int i = 0; i < rows; i++) {
            csv.append("Person ").append(i).append(",p").append(i).append('.').append(run)
                    .append("@example.com,").append(run).append(',').append(salary)
                    .append(i % 2 == 0 ? ",true" : ",false").append(",2026-01-31,a;b\n");
        }
        return csv.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void run(TestingHttp http, String counter, String mode, byte[] file, int rows) {
        long begin = System.nanoTime();
        Answer queued = http.upload("/api/data/contacts/import/jobs?writeMode=" + mode, "contacts.csv", file);
        double stored = seconds(begin);
        String path = "/api/data/contacts/import/jobs/" + queued.json().get("id");
        Answer job = http.get(path);
        while (!"succeeded".equals(job.json().get("status"))) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            job = http.get(path);
        }
        if (!Integer.valueOf(rows).equals(job.json().get(counter))) {
            throw new IllegalStateException(job.body());
        }
        double all = seconds(begin);
        System.out.printf(Locale.ROOT, "%s of %,d rows: %.1f s, of which %.1f s for the upload; %,.0f rows/s%n", mode,
                rows, all, stored, rows / all);
    }

    private static void export(TestingHttp http, String format, String run) {
        long begin = System.nanoTime();
        int bytes = http.bytes("/api/data/contacts/export?format=" + format + "&industry=" + run).length;
        System.out.printf(Locale.ROOT, "export as %s: %.1f s, %,d bytes%n", format, seconds(begin), bytes);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
