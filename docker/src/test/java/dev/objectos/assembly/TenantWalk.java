package dev.objectos.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests that name things of another organization, for every route that takes an id of such; read from
 * {@code tenants/foreign-ids.txt}.
 *
 * @param routes all that the file knows, with requests or without
 */
record TenantWalk(Set<String> routes, List<Step> steps) {

    private static final Pattern STEP = Pattern.compile(" {4}(\\d{3}) (\\S+)(?: (.+))?");
    private static final Pattern NAME = Pattern.compile("<(\\w+)>");
    private static final Pattern UNSAFE = Pattern.compile("[\"{}\\[\\]|\\\\ ]");

    /**
     * A request.
     *
     * @param status with which it is answered
     * @param body empty: none
     */
    record Step(int status, String method, String path, String body) {

        /** The same with ids in the places of names. */
        Step about(Map<String, String> ids) {
            return new Step(status, method, encoded(filled(path, ids)), filled(body, ids));
        }

        private static String filled(String text, Map<String, String> ids) {
            return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(Objects.requireNonNull(
                    ids.get(name.group(1)), () -> "There is nothing foreign that is called " + name.group(1))));
        }

        private static String encoded(String path) {
            return UNSAFE.matcher(path).replaceAll(unsafe -> "%%%02X".formatted((int) unsafe.group().charAt(0)));
        }
    }

    static TenantWalk read() {
        var routes = new LinkedHashSet<String>();
        var steps = new ArrayList<Step>();
        String method = "";
        for (String line : lines()) {
            Matcher step = STEP.matcher(line);
            if (step.matches()) {
                steps.add(new Step(Integer.parseInt(step.group(1)), method, step.group(2),
                        Objects.requireNonNullElse(step.group(3), "")));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                String[] route = line.replaceFirst("^- ", "").split(" ", 2);
                method = route[0];
                if (!routes.add(MappedRoutes.route(method, route[1]))) {
                    throw new IllegalStateException("Twice: " + line);
                }
            }
        }
        return new TenantWalk(routes, steps);
    }

    private static List<String> lines() {
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(TenantWalk.class.getResourceAsStream("/tenants/foreign-ids.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
