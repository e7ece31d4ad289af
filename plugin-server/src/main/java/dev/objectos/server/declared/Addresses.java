package dev.objectos.server.declared;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Where an endpoint answers: always beneath {@value #HOME}, and at the path that its author wrote, with {@code /api} before it
 * and without.
 *
 * @param main where it is described to be
 */
record Addresses(String main, List<PathPattern> patterns) {

    static final String HOME = "/api/endpoints";

    private static final String API = "/api";
    private static final Pattern PATH = Pattern
            .compile("(/([A-Za-z0-9_~-][A-Za-z0-9._~-]*|\\{[a-z][a-z0-9_]*}))+");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    /** The first words of the platform's own paths beneath {@code /api}. */
    private static final Set<String> TAKEN = Set.of("data", "metadata", "auth", "plugins", "x", "i18n", "notifications",
            "approvals", "automation", "analytics", "storage", "realtime", "hooks", "services", "actions",
            "permissions", "audit", "workflow", "openapi.json", "v1", "batch", "endpoints", "admin", "health", "doctor",
            "configuration");

    /** The first words of its other paths. */
    private static final Set<String> OTHERS = Set.of("api", "graphql", "graphiql", "docs", "actuator", "scim", "error",
            ".well-known");

    private static final PathPatternParser PARSER = new PathPatternParser();

    Addresses {
        patterns = List.copyOf(patterns);
    }

    /** Whether that can be a path. */
    static boolean isPath(String written) {
        return PATH.matcher(written).matches() && written.length() <= 200
                && variables(written).size() == variables(written).stream().distinct().count();
    }

    /** The word for which the platform answers there itself; empty where it does not. */
    static Optional<String> taken(String written) {
        String first = inside(written).split("/", 3)[1];
        return TAKEN.contains(first) || (!written.startsWith(API + "/") && OTHERS.contains(first))
                ? Optional.of(first)
                : Optional.empty();
    }

    static Addresses of(String written) {
        String inside = inside(written);
        var paths = new ArrayList<>(List.of(API + inside, HOME + inside));
        if (!written.equals(API + inside)) {
            paths.add(written);
        }
        return new Addresses(API + inside, paths.stream().map(PARSER::parse).toList());
    }

    private static String inside(String written) {
        return written.startsWith(API + "/") ? written.substring(API.length()) : written;
    }

    /** The same for all whose addresses are the same whatever their variables are called. */
    String form() {
        return VARIABLE.matcher(main).replaceAll("{}");
    }

    List<String> variables() {
        return variables(main);
    }

    private static List<String> variables(String path) {
        return VARIABLE.matcher(path).results().map(found -> found.group(1)).toList();
    }

    /** The pattern that a path fits, the most telling where several do. */
    Stream<PathPattern> fitting(PathContainer path) {
        return patterns.stream().filter(pattern -> pattern.matches(path));
    }

    /** What the variables are in a path that fits. */
    Map<String, String> values(PathContainer path) {
        return fitting(path).min(Comparator.naturalOrder()).map(pattern -> pattern.matchAndExtract(path))
                .map(PathPattern.PathMatchInfo::getUriVariables).orElse(Map.of());
    }

    @Override
    public String toString() {
        return main;
    }
}
