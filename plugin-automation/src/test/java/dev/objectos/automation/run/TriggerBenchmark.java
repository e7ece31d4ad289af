package dev.objectos.automation.run;

import com.sun.management.OperatingSystemMXBean;
import dev.objectos.automation.TestingAutomation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a trigger before a creation costs the server's processor, the database's own work left aside. */
public final class TriggerBenchmark {

    private static final int WARM_UP = 15_000;
    private static final int MEASURED = 5_000;
    private static final int ROUNDS = 6;

    private TriggerBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var files = new LinkedHashMap<String, String>();
        String fields = "fields: {title: {type: text}, kind: {type: text}, stamp: {type: text}, amount: {type: number}}";
        files.put("plain.object.yml", "name: plain\n" + fields);
        files.put("asked.object.yml", "name: asked\n" + fields);
        files.put("stamp.trigger.yml", """
                {object: asked, event: beforeInsert, conditions: [{field: kind, operator: equals, value: Website}],
                 actions: [{type: update_field, field: stamp, value: "${record.title + ' ' + record.kind}"}]}
                """);
        try (var server = TestingAutomation.start(Files.createTempDirectory("triggers"), "trigger_cost", files)) {
            millis(server, "plain", WARM_UP);
            millis(server, "asked", WARM_UP);

            for (int round = 0; round < ROUNDS; round++) {
                double plain = millis(server, "plain", MEASURED);
                double asked = millis(server, "asked", MEASURED);
                System.out.printf("CPU of the server for a creation: %.3f ms, with a trigger %.3f ms%n", plain, asked);
            }
        }
    }

    /** The whole process, so that what is done in the background counts too. */
    private static double millis(TestingAutomation server, String object, int records) {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = process.getProcessCpuTime();
        for (int i = 0; i < records; i++) {
            server.create(object, Map.of("title", "Number " + i, "kind", "Website", "amount", i));
        }
        return (process.getProcessCpuTime() - before) / 1e6 / records;
    }
}
