package dev.objectos.permissions.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Compares the real paths with the model for one seed after the other. As a program it takes the number of permission sets,
 * of requests to each, and the first seed: {@code 100 100 0} is 10,000 cases, {@code 100 100 0 paths} as many of what is no
 * single question. It ends with 1 where anything differs.
 */
final class ConformanceRun {

    /** Differences after which it gives up. */
    private static final int MOST = 8;

    private final PermissionHarness harness;

    ConformanceRun(PermissionHarness harness) {
        this.harness = harness;
    }

    public static void main(String[] arguments) {
        int sets = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int requests = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 0;
        boolean paths = arguments.length > 3 && arguments[3].equals("paths");
        var differences = new ArrayList<String>();
        long start = System.nanoTime();
        try (PermissionHarness harness = PermissionHarness.open("conformance_run")) {
            var run = new ConformanceRun(harness);
            for (long seed = first; seed < first + sets && differences.size() < MOST; seed++) {
                (paths ? run.pathDifference(seed, requests) : run.difference(seed, requests)).ifPresent(difference -> {
                    differences.add(difference);
                    System.out.println(difference);
                });
            }
        }
        System.out.printf("%d cases, %d of %d permission sets differ, %.1f s%n", sets * requests, differences.size(),
                sets, (System.nanoTime() - start) / 1e9);
        System.exit(differences.isEmpty() ? 0 : 1);
    }

    /** The first difference that the seed leads to, with as few rules as still show it. */
    Optional<String> difference(long seed, int requests) {
        return difference(seed, requests, (random, rights) -> new RandomRequests(random, rights)::next);
    }

    /** The same of what is no single question. */
    Optional<String> pathDifference(long seed, int requests) {
        return difference(seed, requests, (random, rights) -> new RandomPaths(random, rights)::next);
    }

    private Optional<String> difference(long seed, int requests,
            BiFunction<Random, ReferenceRights, Supplier<Request>> kind) {
        Random random = new Random(seed);
        Rules rules = RandomRules.of(random);
        World world = RandomWorld.of(random, rules.schema());
        harness.publish(rules);
        harness.store(world);
        for (int part = 0; part < PARTS; part++) {
            Person person = RandomRules.person(random);
            Supplier<Request> asking = kind.apply(random, new ReferenceRights(rules, world, person));
            var comparison = new Comparison(harness, rules, world, person);
            for (int i = 0; i < requests / PARTS; i++) {
                Request request = asking.get();
                if (comparison.difference(request).isPresent()) {
                    return Optional.of("seed " + seed + ": " + smallest(rules, world, person, request));
                }
            }
        }
        return Optional.empty();
    }

    /** People who ask under the same rules. */
    private static final int PARTS = 5;

    private String smallest(Rules rules, World world, Person person, Request request) {
        Rules least = rules;
        Person asking = person;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (Rules less : SimplerRules.of(least)) {
                if (differs(less, world, asking, request)) {
                    least = less;
                    smaller = true;
                    break;
                }
            }
            for (String role : List.copyOf(asking.roles())) {
                Set<String> fewer = new LinkedHashSet<>(asking.roles());
                fewer.remove(role);
                var lesser = new Person(asking.id(), fewer, asking.administrator());
                if (differs(least, world, lesser, request)) {
                    asking = lesser;
                    smaller = true;
                }
            }
        }
        harness.publish(least);
        World records = world.under(least.schema());
        harness.store(records);
        return asking + "\n" + RulesYaml.describe(least) + "\n" + request + "\n"
                + new Comparison(harness, least, records, asking).difference(request).orElse("no difference any more");
    }

    private boolean differs(Rules rules, World world, Person person, Request request) {
        try {
            harness.publish(rules);
        } catch (IllegalArgumentException e) {
            return false; // without what was left out the rest does not load
        }
        World records = world.under(rules.schema());
        harness.store(records);
        return new Comparison(harness, rules, records, person).difference(request).isPresent();
    }
}
