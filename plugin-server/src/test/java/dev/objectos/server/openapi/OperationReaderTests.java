package dev.objectos.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Operations as parts describe them. */
final class OperationReaderTests {

    private static Map<String, Object> read(String method, String path, Object... more) {
        return described(method, path, more).operation().json();
    }

    private static DescribedOperation described(String method, String path, Object... more) {
        var written = new LinkedHashMap<String, Object>();
        written.put("operationId", "it");
        written.put("summary", "Does it");
        for (int i = 0; i < more.length; i += 2) {
            written.put(String.valueOf(more[i]), more[i + 1]);
        }
        return new OperationReader(method, path, written).read("things");
    }

    @Test
    void addsWhatAllHaveInCommon() {
        Map<String, Object> operation = read("post", "/api/things/{id}", "at", Map.of("id", "uuid"), "takes", "Thing",
                "gives", "Thing");
        assertThat(operation).containsEntry("tags", List.of("things")).doesNotContainKey("security");
        assertThat(operation.get("parameters")).isEqualTo(List.of(
                Map.of("name", "id", "in", "path", "required", true, "schema",
                        Map.of("type", "string", "format", "uuid")),
                Map.of("$ref", "#/components/parameters/IdempotencyKey")));
        assertThat(operation.get("requestBody")).asString().contains("required=true", "application/json");
        assertThat(operation.get("responses")).asString().contains("200=", "4XX=", "5XX=");
    }

    @Test
    void offersAKeyForRepetitionOnlyWhereItCounts() {
        for (String path : List.of("/api/auth/sign-out", "/scim/v2/Users", "/api/data/things/query")) {
            assertThat(read("post", path, "gives", "any")).as(path).doesNotContainKey("parameters");
        }
        assertThat(read("get", "/api/things", "gives", "any")).doesNotContainKey("parameters");
        assertThat(read("post", "/graphql", "gives", "any")).containsKey("parameters");
    }

    @Test
    void tellsOfVersionsAndAnswersByStatus() {
        var byStatus = new LinkedHashMap<Integer, Object>();
        byStatus.put(200, Map.of("$as", Map.of("text/csv", "string")));
        Map<String, Object> operation = read("get", "/api/things", "gives", byStatus, "tells", List.of("ETag"),
                "asks", Map.of("q?", "string -- words"));
        assertThat(operation.get("responses")).asString().contains("text/csv", "headers={ETag=", "304=");
        assertThat(operation.get("parameters")).isEqualTo(List.of(Map.of("name", "q", "in", "query", "description",
                "words", "schema", Map.of("type", "string"))));
    }

    @Test
    void saysWhomItIsFor() {
        assertThat(read("get", "/open", "for", "everybody", "gives", "any")).containsEntry("security", List.of());
        DescribedOperation guarded = described("get", "/guarded", "for", "administrators", "gives", "any");
        assertThat(guarded.operation().json()).containsEntry("description", "For administrators.");
        assertThat(guarded.audience().includes(Audience.of(session(Set.of("admin"), false)))).isTrue();
        assertThat(guarded.audience().includes(Audience.of(session(Set.of("sales"), false)))).isFalse();
        Audience owners = Audience.named("owners");
        assertThat(owners.includes(Audience.of(session(Set.of("admin"), false)))).isFalse();
        assertThat(owners.includes(Audience.of(session(Set.of("owner"), false)))).isTrue();
        Audience some = Audience.named("platform_administrators|manage_users");
        assertThat(some.note()).isEqualTo("For platform administrators or those with the right manage_users.");
        assertThat(some.includes(Audience.of(session(Set.of("admin"), false)))).isTrue();
        assertThat(some.includes(Audience.of(session(Set.of(), true)))).isTrue();
        assertThat(some.includes(Audience.of(session(Set.of("sales"), false)))).isFalse();
    }

    private static Session session(Set<String> roles, boolean platformAdministrator) {
        return new Session(Session.DEFAULT_TENANT, null, roles, platformAdministrator, Locale.ENGLISH, ZoneOffset.UTC,
                Origin.REST);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatIllegalArgumentException().isThrownBy(() -> read("get", "/x", "gives", "any", "giv", "any"))
                .withMessageContaining("giv");
        assertThatIllegalArgumentException().isThrownBy(() -> read("get", "/x")).withMessageContaining("gives");
        assertThatIllegalArgumentException().isThrownBy(() -> read("get", "/x", "gives", "any", "for", "nobody"));
        assertThatIllegalArgumentException().isThrownBy(() -> read("get", "/x", "gives", "Thing", "if", "perhaps"));
    }

    @Test
    void leavesOutComponentsThatNothingRefersTo() {
        var schemas = new LinkedHashMap<String, Object>();
        schemas.put("Used", Notation.schema(Map.of("next", "Behind")));
        schemas.put("Behind", Notation.schema("string"));
        schemas.put("Unused", Notation.schema("string"));
        Map<String, Map<String, Object>> all = Map.of("schemas", schemas);
        assertThat(UsedComponents.of(Map.of("gives", Notation.schema("Used")), all).get("schemas"))
                .isEqualTo(Map.of("Used", named(schemas, "Used"), "Behind", named(schemas, "Behind")));
    }

    private static Object named(Map<String, Object> schemas, String name) {
        return schemas.getOrDefault(name, "");
    }
}
