package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The daily work of people who are no administrators, with what the business plugins permit. */
@ExtendWith(SharedServer.class)
@TestInstance(Lifecycle.PER_CLASS)
class BusinessRightsTest {

    private static final String REQUESTS = "/api/data/leave_requests";
    private static final String FLOW = "/api/workflow/leave_requests/";

    private final ServerProcess server;
    private final Colleague employee;
    private final Colleague manager;
    private final Colleague otherManager;
    private final Colleague hr;
    private final Colleague seller;
    private final Colleague otherSeller;
    private final Colleague salesManager;

    BusinessRightsTest(SharedServer.Fixture fixture) {
        server = fixture.server();
        manager = Colleague.join(server, "work-manager", "manager");
        otherManager = Colleague.join(server, "work-other-manager", "manager");
        employee = Colleague.join(server, "work-employee", "employee");
        hr = Colleague.join(server, "work-hr", "hr");
        salesManager = Colleague.join(server, "work-sales-manager", "sales_manager");
        seller = Colleague.join(server, "work-seller", "sales");
        otherSeller = Colleague.join(server, "work-other-seller", "sales");
    }

    @Test
    void anEmployeeAsksForLeaveAndTheManagerDecides() {
        String mine = hr.post("/api/data/employees",
                "{\"last_name\": \"Work\", \"user\": \"%s\", \"salary\": 50000}".formatted(employee.id())).id();
        assertThat(employee.get("/api/data/employees/" + mine).body()).contains("Work").doesNotContain("salary");
        String request = "{\"reason\": \"Sea\", \"employee\": \"%s\", \"manager\": \"%s\"%s}";
        assertThat(employee.post(REQUESTS, request.formatted(mine, manager.id(),
                ", \"approved_at\": \"2026-01-01T00:00:00Z\"")).status()).isEqualTo(403);
        String id = employee.post(REQUESTS, request.formatted(mine, manager.id(), "")).id();
        String path = REQUESTS + "/" + id;

        assertThat(employee.patch(path, "{\"days\": 3}").status()).isEqualTo(200);
        assertThat(otherManager.get(path).status()).isEqualTo(404);
        assertThat(employee.post(FLOW + id + "/submit", "{}").status()).isEqualTo(200);
        assertThat(employee.patch(path, "{\"days\": 30}").status()).isEqualTo(403);
        assertThat(employee.post(FLOW + id + "/approve", "{}").status()).isEqualTo(403);
        assertThat(employee.post(FLOW + id + "/reject", "{}").status()).isEqualTo(403);
        assertThat(otherManager.post(FLOW + id + "/approve", "{}").status()).isEqualTo(404);
        assertThat(manager.patch(path, "{\"approved_at\": \"2026-01-01T00:00:00Z\"}").status()).isEqualTo(403);

        Answer approved = manager.post(FLOW + id + "/approve", "{}");

        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        assertThat(employee.get(path).record().path("status").asString()).isEqualTo("approved");
        assertThat(employee.get(path).record().path("approved_at").isString()).isTrue();
        assertThat(employee.delete(path).status()).isEqualTo(403);
        assertThat(hr.patch(path, "{\"days\": 4}").status()).isEqualTo(200);
    }

    @Test
    void whatSpeaksAgainstADecisionIsSaidWithItsFile() {
        String id = employee
                .post(REQUESTS, "{\"reason\": \"Asked about\", \"manager\": \"%s\"}".formatted(manager.id()))
                .id();
        String own = "{\"object\": \"leave_requests\", \"operation\": \"%s\", \"recordId\": \"%s\"}";

        assertThat(layers(manager, "approve", id, "workflow")).singleElement().satisfies(layer -> {
            assertThat(layer.path("verdict").asString()).isEqualTo("denied");
            assertThat(layer.path("because").asString()).contains("\"draft\"", "submit");
            assertThat(layer.path("source").path("file").asString()).contains("leave_request.workflow.yml");
        });
        assertThat(
                employee.post("/api/permissions/check", own.formatted("submit", id)).json().path("allowed").asBoolean())
                .isTrue();
        employee.post(FLOW + id + "/submit", "{}");

        assertThat(
                manager.post("/api/permissions/check", own.formatted("approve", id)).json().path("allowed").asBoolean())
                .isTrue();
        assertThat(employee.post("/api/permissions/check", own.formatted("approve", id)).json().path("allowed")
                .asBoolean())
                .isFalse();
        assertThat(layers(employee, "approve", id, "object")).anySatisfy(layer -> {
            assertThat(layer.path("verdict").asString()).isEqualTo("denied");
            assertThat(layer.path("rule").asString()).isEqualTo("approve");
            assertThat(layer.path("source").path("file").asString()).contains("leave_requests.object.yml");
        });
        assertThat(
                server.post("/api/permissions/explain", "{\"object\": \"leave_requests\", \"operation\": \"update\", "
                        + "\"fields\": [\"status\"]}").body())
                .contains("changes by transitions alone; an update may name it with the value that it has");
        Answer unknown = server.post("/api/permissions/explain", own.formatted("fly", id));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body()).contains("submit", "approve", "reject");
    }

    private static List<JsonNode> layers(Colleague about, String operation, String id, String layer) {
        return about.explained("leave_requests", operation, id).stream()
                .filter(one -> one.path("layer").asString().equals(layer)).toList();
    }

    @Test
    void anEmployeeSeesTheirOwnPayAlone() {
        String mine = hr.post("/api/data/employees",
                "{\"last_name\": \"Paid\", \"user\": \"%s\"}".formatted(otherManager.id())).id();
        String payslip = "{\"employee\": \"%s\", \"period\": \"2026-01\", \"base_salary\": 4000, \"status\": \"paid\", \"paid_on\": \"2026-01-31\"}";
        String id = hr.post("/api/data/payroll", payslip.formatted(mine)).id();

        assertThat(otherManager.get("/api/data/payroll").json().path("records").valueStream()
                .map(record -> record.path("id").asString())).containsExactly(id);
        assertThat(manager.get("/api/data/payroll").json().path("records").size()).isZero();
        assertThat(seller.get("/api/data/payroll").status()).isEqualTo(403);
    }

    @Test
    void aLeadIsHandedOnByThePlatformAndThenByTheManager() {
        String path = "/api/data/leads/"
                + seller.post("/api/data/leads", "{\"name\": \"From the site\", \"source\": \"Website\"}").id();
        Patience.until("somebody to get the lead", Duration.ofSeconds(30),
                () -> !seller.get(path).record().path("owner").asString().equals(seller.id()));

        assertThat(seller.patch(path, "{\"rating\": \"hot\"}").status()).isEqualTo(403);
        assertThat(salesManager.patch(path, "{\"owner\": \"" + seller.id() + "\"}").status()).isEqualTo(200);
        assertThat(seller.patch(path, "{\"rating\": \"hot\"}").status()).isEqualTo(200);
        assertThat(seller.delete(path).status()).isEqualTo(403);
    }

    @Test
    void aDealWithItsQuoteIsItsOwners() {
        String account = seller.post("/api/data/accounts", "{\"name\": \"Work & Co\"}").id();
        String deal = seller.post("/api/data/opportunities",
                "{\"name\": \"Big\", \"account\": \"" + account + "\", \"amount\": 100}").id();
        Answer quote = seller.post("/api/batch",
                """
                        {"atomic": true, "operations": [
                          {"object": "quotes", "action": "create", "data": {"name": "Offer", "account": "%s", "opportunity": "%s"}},
                          {"object": "quote_lines", "action": "create", "data": {"quote": {"$ref": 0}, "description": "Gateway", "unit_price": 890}}
                        ]}"""
                        .formatted(account, deal));
        assertThat(quote.status()).as(quote.body()).isEqualTo(200);
        JsonNode results = quote.json().path("results");
        String line = "/api/data/quote_lines/" + results.path(1).path("id").asString();
        String quotePath = "/api/data/quotes/" + results.path(0).path("id").asString();

        assertThat(seller.get(quotePath).record().path("total").asInt()).isEqualTo(890);
        assertThat(otherSeller.get("/api/data/accounts/" + account).status()).isEqualTo(200);
        assertThat(otherSeller.patch("/api/data/accounts/" + account, "{\"name\": \"Mine\"}").status()).isEqualTo(403);
        for (String path : new String[]{"/api/data/opportunities/" + deal, quotePath, line}) {
            assertThat(otherSeller.get(path).status()).as(path).isEqualTo(404);
            assertThat(salesManager.get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(salesManager.patch(line, "{\"unit_price\": 900}").status()).isEqualTo(200);
        assertThat(seller.get("/api/data/products?select=cost").code()).isEqualTo("INVALID_FIELD");
        assertThat(salesManager.get("/api/data/products?select=cost&top=1").status()).isEqualTo(200);
    }
}
