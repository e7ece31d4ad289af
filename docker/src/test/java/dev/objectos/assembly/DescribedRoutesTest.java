package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.openapi.ApiParts;
import dev.objectos.server.openapi.PathOperation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What controllers answer to and what {@code META-INF/objectos/openapi} of their modules describes is the same. */
class DescribedRoutesTest {

    /** Pages for people, and what only refuses or repeats. */
    private static final Set<String> NOT_FOR_PROGRAMS = Set.of("GET /docs", "GET /docs/docs.js", "GET /graphiql",
            "GET /graphiql/graphiql.js", "GET /error", "POST /api/data/{}/{}", "PUT /api/data/{}/{}",
            "POST /api/actions/{}/{}");

    private final List<Set<String>> answered = MappedRoutes.ofClassPath();
    private final Set<String> described = ApiParts.ofClassPath().described()
            .map(operation -> MappedRoutes.route(operation.method(), operation.path())).collect(Collectors.toSet());

    @Test
    void everyEndpointIsDescribed() {
        Set<String> missing = answered.stream()
                .filter(ways -> ways.stream()
                        .noneMatch(way -> described.contains(way) || NOT_FOR_PROGRAMS.contains(way)))
                .flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).as("endpoints to describe in META-INF/objectos/openapi/*.yml of their modules").isEmpty();
    }

    @Test
    void whatIsDescribedIsThere() {
        Set<String> all = answered.stream().flatMap(Set::stream).collect(Collectors.toSet());
        assertThat(described).allSatisfy(route -> assertThat(all.contains(route) || route.contains(" /actuator/"))
                .as(route).isTrue());
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        assertThat(ApiParts.ofClassPath().described().map(PathOperation::json).map(json -> json.get("operationId")))
                .doesNotHaveDuplicates();
    }
}
