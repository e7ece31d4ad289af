package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Administrators edit the metadata of the assembled server. */
@ExtendWith(SharedServer.class)
class EditedMetadataTest {

    private final ServerProcess server;

    EditedMetadataTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    private Answer put(String path, String json) {
        return server.send(server.json("PUT", "/api/metadata/" + path, json));
    }

    @Test
    void takesBackWhateverItShowsOfTheApplications() {
        var refused = new ArrayList<String>();
        int tried = 0;
        for (String type : List.of("object", "workflow", "trigger", "permission", "app", "view", "translation")) {
            for (String name : server.get("/api/metadata/" + type).json().path("versions").propertyNames()) {
                if (name.startsWith("_") || name.contains(".") || name.equals("user")) {
                    continue;
                }
                String shown = server.get("/api/metadata/" + type + "/" + name).json().path("item").toString();
                Answer saved = put(type + "/" + name + "?dryRun=true", shown);
                tried++;
                if (saved.status() != 200 || !saved.json().path("plan").isEmpty()) {
                    refused.add(type + "/" + name + ": " + saved.body());
                }
            }
        }
        assertThat(refused).isEmpty();
        assertThat(tried).isGreaterThan(20);
    }

    @Test
    void anObjectThatIsSavedAsItIsShownStaysAsItIs() {
        for (String name : List.of("accounts", "opportunities", "quotes", "leave_requests", "employees")) {
            String path = "/api/metadata/object/" + name;
            JsonNode shown = server.get(path).json().path("item");
            if (shown.isMissingNode()) {
                continue;
            }
            Answer saved = put("object/" + name, shown.toString());
            assertThat(saved.status()).as(saved.body()).isEqualTo(200);
            assertThat(saved.json().path("violations")).as(saved.body()).isEmpty();
            assertThat(server.get(path).json().path("item")).isEqualTo(shown);
            assertThat(server.delete(path).status()).isEqualTo(200);
            assertThat(server.get(path).json().path("item")).isEqualTo(shown);
        }
    }

    @Test
    void whatIsEditedHoldsAtOnceAndIsWrittenDown() {
        assertThat(put("object/parcels", """
                {"fields": {"name": {"type": "text"}, "state": {"type": "select", "options": ["new", "sent"]}},
                 "permission_sets": {"carrier": {"allowRead": true}}}""").status()).isEqualTo(200);
        Colleague carrier = Colleague.join(server, "carrier", "carrier");
        server.post("/api/data/parcels", "{\"name\": \"Box\", \"state\": \"new\"}");
        assertThat(carrier.get("/api/data/parcels").json().path("records").size()).isEqualTo(1);
        assertThat(carrier.post("/api/data/parcels", "{\"name\": \"Bag\"}").status()).isEqualTo(403);
        assertThat(put("permission/parcels", """
                {"object": "parcels", "permission_sets": {"carrier": {"allowRead": true, "allowCreate": true}}}""")
                .status()).isEqualTo(200);
        assertThat(carrier.post("/api/data/parcels", "{\"name\": \"Bag\"}").status()).isEqualTo(201);
        assertThat(carrier.send("PUT", "/api/metadata/object/parcels", "{\"fields\": {}}").status()).isEqualTo(403);
        assertThat(carrier.get("/api/metadata/object/parcels/history").status()).isEqualTo(403);

        assertThat(put("workflow/parcel_way", """
                {"object": "parcels", "state_field": "state", "states": {
                  "new": {"initial": true, "transitions": {"send": "sent"}}, "sent": {"final": true}}}""").status())
                .isEqualTo(200);
        assertThat(server.delete("/api/metadata/object/parcels").code()).isEqualTo("DELETE_RESTRICTED");
        String me = server.get("/api/auth/get-session").json().path("user").path("id").asString();
        JsonNode written = server
                .get("/api/audit/events?object=metadata&action=metadata.published&limit=10&user=" + me).json()
                .path("events");
        assertThat(written.valueStream().filter(entry -> entry.toString().contains("parcel_way"))).singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("ip").asString()).isEqualTo("127.0.0.1");
                    assertThat(entry.at("/details/type").asString()).isEqualTo("workflow");
                    assertThat(entry.at("/details/catalog").isIntegralNumber()).isTrue();
                });

        for (String item : List.of("workflow/parcel_way", "permission/parcels", "object/parcels")) {
            assertThat(server.delete("/api/metadata/" + item + "?force=true").status()).as(item).isEqualTo(200);
        }
    }
}
