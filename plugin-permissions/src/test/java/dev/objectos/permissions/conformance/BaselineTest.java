package dev.objectos.permissions.conformance;
import java.util.Random;
import java.util.List;
import org.junit.jupiter.api.Test;
class BaselineTest {
    @Test
    void administrators() {
        try (PermissionHarness harness = PermissionHarness.open("baseline")) {
            int differences = 0;
            long from = Long.getLong("seed", 0);
            for (long seed = from; seed < from + Integer.getInteger("sets", 30) && differences < 8; seed++) {
                Random random = new Random(seed);
                Rules rules = RandomRules.of(random);
                try { harness.publish(rules); } catch (IllegalArgumentException e) { System.out.println("SEED " + seed + " LOAD " + e.getMessage().lines().limit(6).toList()); differences++; continue; }
                World world = RandomWorld.of(random, rules.schema());
                harness.store(world);
                Person person = RandomRules.person(random);
                var requests = new RandomRequests(random, new ReferenceRights(rules, world, person));
                var comparison = new Comparison(harness, rules, world, person);
                for (int i = 0; i < 60; i++) {
                    Request request = requests.next();
                    var difference = comparison.difference(request);
                    if (difference.isPresent()) {
                        differences++;
                        System.out.println("SEED " + seed + " " + person + " " + request + "\n" + difference.get());
                        if (differences > 8) break;
                    }
                }
            }
        }
    }
}
