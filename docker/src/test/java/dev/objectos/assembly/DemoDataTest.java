package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What somebody finds who starts the server for the first time. */
@ExtendWith(SharedServer.class)
class DemoDataTest {

    private final ServerProcess server;

    DemoDataTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void everyObjectAnswersAList() {
        List<String> objects = server.get("/api/metadata/object").json().path("items").valueStream()
                .map(item -> item.path("name").asString()).toList();

        assertThat(objects).contains("user", "accounts", "contacts", "quotes", "employees", "leave_requests");
        assertThat(objects).allSatisfy(
                object -> assertThat(server.get("/api/data/" + object + "?top=5")).returns(200, Answer::status));
    }

    @Test
    void customersAndEmployeesAreThere() {
        for (String object : List.of("accounts", "contacts", "opportunities", "quotes", "quote_lines", "products",
                "employees", "departments", "positions", "leave_requests", "payroll")) {
            assertThat(server.get("/api/data/" + object).json().path("records").size()).as(object).isPositive();
        }
    }

    @Test
    void theNestedQueryOfTheReadmeAnswersOpenOpportunitiesOfTheLargest() {
        Answer answer = server.post("/api/data/accounts/query", """
                {"where": {"industry": "manufacturing"},
                 "fields": ["name", "billing_country", "annual_revenue"],
                 "orderBy": [{"field": "annual_revenue", "order": "desc"}],
                 "limit": 5,
                 "expand": {"opportunities": {"fields": ["name", "stage", "amount"], "where": {"is_open": true},
                                              "orderBy": "-created_at", "limit": 1}}}""");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode records = answer.json().path("records");
        assertThat(records.size()).isEqualTo(5);
        var revenues = new ArrayList<java.math.BigDecimal>();
        for (JsonNode record : records) {
            revenues.add(record.path("annual_revenue").decimalValue());
            assertThat(record.path("opportunities").isArray()).isTrue();
            assertThat(record.path("opportunities").size()).isLessThanOrEqualTo(1);
            for (JsonNode opportunity : record.path("opportunities")) {
                assertThat(opportunity.path("stage").asString()).doesNotStartWith("closed");
            }
        }
        assertThat(revenues).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(records.valueStream().mapToInt(record -> record.path("opportunities").size()).sum()).isPositive();
    }

    @Test
    void everyPluginOfTheAssemblyIsEnabled() {
        JsonNode plugins = server.get("/api/plugins").json().path("plugins");

        assertThat(plugins.valueStream().map(plugin -> plugin.path("id").asString())).containsExactlyInAnyOrder(
                "objectos-audit", "objectos-auth", "objectos-automation", "objectos-crm", "objectos-hrm",
                "objectos-permissions", "objectos-server", "objectos-workflow");
        assertThat(plugins).allSatisfy(plugin -> assertThat(plugin.path("enabled").asBoolean()).isTrue());
    }

    @Test
    void aBuiltInPluginFollowsASwitchAtTheNextStart() {
        Answer off = server.post("/api/plugins/objectos-hrm/disable", "{}");
        assertThat(off.status()).isEqualTo(200);
        assertThat(off.json().path("takesEffect").asString()).isEqualTo("next start");
        assertThat(off.json().path("enabled").asBoolean()).isTrue();
        assertThat(off.json().path("disabled").toString()).isEqualTo("[\"objectos-hrm\"]");
        Answer on = server.post("/api/plugins/objectos-hrm/enable", "{}");
        assertThat(on.json().has("takesEffect")).isFalse();
    }

    @Test
    void healthIsOpenAndMetricsAreForAdministrators() {
        assertThat(server.send(server.unsigned("GET", "/actuator/health")).json().path("status").asString())
                .isEqualTo("UP");
        assertThat(server.send(server.unsigned("GET", "/actuator/prometheus")).status()).isEqualTo(401);
        server.get("/api/data/accounts");

        Answer metrics = server.get("/actuator/prometheus");

        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.body()).containsPattern("(?m)^http_server_requests_seconds_bucket\\{.*le=\"")
                .containsPattern("(?m)^objectos_sql_seconds(_bucket\\{.*le=\"|\\{.*quantile=\")")
                .doesNotContain("admin@example.com");
    }
}
