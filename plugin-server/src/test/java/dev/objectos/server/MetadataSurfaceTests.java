package dev.objectos.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.server.TestingHttp.Answer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What the server tells of itself over the wire: discovery, metadata, plugins, descriptions. */
final class MetadataSurfaceTests extends SurfaceServer {

    @Test
    void listsThePluginsAsTheOfficialClientReadsThem() {
        Answer answer = http.get("/api/plugins");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"total\":2", "\"id\":\"objectos-crm\"", "\"status\":\"enabled\"",
                "\"status\":\"failed\"", "\"enabled\":false");
        assertThat(http.get("/api/plugins/objectos-crm").body()).contains("\"manifest\"", "\"version\":\"1.2.0\"");
        assertThat(http.get("/api/plugins/nobody").status()).isEqualTo(404);
    }

    @Test
    void tellsAnybodyWhatItOffers() {
        for (String path : List.of("/api/v1/discovery", "/.well-known/objectstack")) {
            Answer answer = http.get(path, "Authorization", "none");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json()).containsEntry("name", "ObjectOS").containsEntry("environment", "production");
            assertThat(answer.body()).contains("\"data\":\"/api/data\"", "\"metadata\":\"/api/metadata\"",
                    "\"transactionalBatch\":{\"enabled\":true}", "\"files\":{\"enabled\":false}",
                    "\"export\":{\"enabled\":false}");
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void showsAnObjectInItsCanonicalSpelling() {
        Answer bare = http.get("/api/metadata/contacts");
        Answer wrapped = http.get("/api/metadata/object/contacts");
        assertThat(wrapped.json()).containsEntry("type", "object").containsEntry("name", "contacts").containsEntry(
                "item",
                bare.json());
        var fields = (Map<String, Map<String, Object>>) Objects.requireNonNull(bare.json().get("fields"));
        assertThat(fields).containsKeys("id", "owner", "version", "last_name");
        assertThat(fields.get("account")).containsEntry("type", "lookup").containsEntry("reference_to", "accounts")
                .containsEntry("on_delete", "set_null");
        assertThat(fields.get("full_name")).containsEntry("type", "formula").containsEntry("readonly", true)
                .containsEntry("return_type", "text");
        assertThat(fields.get("salary")).containsEntry("precision", 18).containsEntry("scale", 2);
        assertThat(fields.get("status")).extractingByKey("options").asString().contains("active", "green");
        assertThat(fields.get("owner")).containsEntry("default", "${currentUser.id}");
        assertThat(fields.get("email")).containsEntry("placeholder", "…").containsEntry("external_id", true);
        assertThat(bare.json()).containsEntry("rows", 3).containsKeys("permission_sets", "validations");
        String etag = wrapped.header("ETag");
        assertThat(etag).isNotNull();
        assertThat(http.get("/api/metadata/object/contacts", "If-None-Match", String.valueOf(etag)).status())
                .isEqualTo(304);
    }

    @Test
    void listsMetadata() {
        assertThat(http.get("/api/metadata").json().get("types")).asString().contains("object", "app", "workflow");
        assertThat(http.get("/api/metadata/app").json()).containsEntry("items",
                List.of(Map.of("name", "crm", "label", "CRM")));
        assertThat(http.get("/api/metadata/app?package=other").json()).containsEntry("items", List.of());
        assertThat(http.get("/api/metadata/app/crm").json()).containsEntry("name", "crm");
        assertThat(http.get("/api/metadata/object").json().get("items"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST).hasSize(5);
        assertThat(http.get("/api/metadata/diagnostics").json().get("entries"))
                .isEqualTo(List.of(Map.of("severity", "warning", "file", "contacts.object.yml", "line", 3, "column", 1,
                        "type", "object", "name", "contacts", "message", "unknown key lable", "suggestion", "label")));
        assertThat(http.get("/api/metadata/diagnostics?package=crm").json().get("entries"))
                .as("the file is no plugin's").isEqualTo(List.of());
    }

    @Test
    @SuppressWarnings("unchecked")
    void describesItselfInOpenApi() {
        Answer answer = http.get("/api/openapi.json");
        assertThat(answer.json()).containsEntry("openapi", "3.1.0");
        var paths = (Map<String, Object>) answer.json().get("paths");
        assertThat(paths).containsKeys("/api/data/contacts", "/api/data/contacts/{id}", "/api/batch")
                .doesNotContainKey("/api/data/vault");
        var components = (Map<String, Map<String, Object>>) Objects.requireNonNull(answer.json().get("components"));
        Map<String, Object> schemas = Objects.requireNonNull(components.get("schemas"));
        assertThat(answer.body().split("\"#/components/schemas/"))
                .allSatisfy(
                        part -> assertThat(part.startsWith("{") || schemas.containsKey(part.split("\"")[0])).isTrue());
        assertThat(schemas.get("contacts_input")).asString().contains("required=[last_name]")
                .doesNotContain("full_name");
    }

    @Test
    void servesJsonSchemasForEditors() {
        assertThat(http.get("/api/metadata/schema/object.json").json()).containsEntry("$schema",
                "https://json-schema.org/draft/2020-12/schema");
        assertThat(http.get("/api/metadata/schema/nothing.json").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
        assertThat(http.get("/api/metadata/schema/object").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
    }

    @Test
    void showsTheDescriptionFromItsOwnFiles() {
        for (String path : List.of("/docs", "/graphiql")) {
            Answer page = http.get(path, "Authorization", "none");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.body()).doesNotContain("http");
            for (String part : page.body().split("\"")) {
                if (part.startsWith("/")) {
                    assertThat(http.get(part, "Authorization", "none").status()).as(part).isEqualTo(200);
                }
            }
        }
        assertThat(http.get("/docs/assets/no-such.js").json()).containsEntry("code", "RESOURCE_NOT_FOUND");
        assertThat(http.get("/docs/assets/../../x").status()).isIn(400, 404);
    }
}
