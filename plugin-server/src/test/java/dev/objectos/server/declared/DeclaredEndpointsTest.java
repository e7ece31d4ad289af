package dev.objectos.server.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.plan.ReadPlanner;
import dev.objectos.runtime.plan.ShapedQuery;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.QueryCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;

/** What is said of files with endpoints before anybody calls them. */
class DeclaredEndpointsTest {

    private static final String DEALS = """
            fields:
              name: {type: text}
              amount: {type: number}
              account: {type: lookup, reference_to: accounts}
            actions:
              close: {label: Close, params: {why: {type: text}}}
              tidy: {type: global, label: Tidy up}
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{path: late, query: {object: deals}} | a.api.yml:1:8: error: 'late' is no path of an endpoint",
            "{path: '/a//b', query: {object: deals}} | error: '/a//b' is no path",
            "{path: '/a/../b', query: {object: deals}} | error: '/a/../b' is no path",
            "{path: '/a/{x}/{x}', query: {object: deals}} | error: '/a/{x}/{x}' is no path",
            "{path: /api/data/late, query: {object: deals}} | error: the platform itself answers at '/api/data/late'",
            "{path: /graphql, query: {object: deals}} | error: the platform itself answers at '/graphql'",
            "{path: /late} | error: the endpoint does nothing (write either query: {object: …} or action: object.name)",
            "{path: /late, query: {object: deal}} | a.api.yml:1:31: error: there is no object 'deal' (did you mean 'deals'?)",
            "{path: /late, query: {object: deals, were: {}}} | a.api.yml:1:38: error: the query of an endpoint has no key 'were' (did you mean 'where'?)",
            "{path: /late, query: {object: deals, where: {nme: x}}} | a.api.yml:1:45: error: the query cannot be asked: Unknown field nme of deals; did you mean name?",
            "{path: /late, query: {object: deals, fields: [name, color]}} | a.api.yml:1:46: error: the query cannot be asked: Unknown field color of deals",
            "{path: /late, query: {object: deals, orderBy: -size}} | a.api.yml:1:47: error: the query cannot be asked: Unknown field size of deals",
            "{path: /late, query: {object: deals, where: {name: {$near: x}}}} | error: the query cannot be asked: ",
            "{path: /late, query: {object: deals, where: {name: '${params.nme}'}}, params: {name: text}} | error: the expression: ",
            "{path: /late, query: {object: deals}, response: {x: 'record.nme'}} | a.api.yml:1:61: error: the expression: 'nme' is not a field of deals ",
            "{path: /late, query: {object: deals, groupBy: [name], aggregations: [{function: count, alias: n}]}, response: {x: name}} | error: ",
            "{path: /late, query: {object: deals, where: [[name, '=', '${params.name}']]}, params: {name: text}} | without the parameters that may be left out",
            "{path: /late, query: {object: deals}, params: {d: {type: lookup, reference_to: deels}}} | error: there is no object 'deels'",
            "{path: /late, query: {object: deals}, params: {d: {type: formula, expression: '1'}}} | error: a parameter cannot be of type formula",
            "{path: /late, query: {object: deals}, params: {d: blobb}} | a.api.yml:1:51: error: ",
            "{path: /late, query: {object: deals}, public: true} | error: an endpoint is for people who have signed in",
            "{path: /late, query: {object: deals}, rate_limit: 5} | warning: an endpoint has no limit of its own",
            "{path: /late, action: deals.clos} | error: deals has no action 'clos' (did you mean 'close'?)",
            "{path: /late, action: deals.close} | error: the action close is run on a record",
            "{path: '/late/{id}', action: deals.close, method: GET} | error: an action changes something",
            "{path: '/late/{id}', action: {object: deals, name: close, params: {because: x}}} | error: the action close has no parameter 'because'",
            "{path: /late, action: deals.tidy, response: [name]} | error: an action answers as it does"})
    void reportsWhatCannotBeServed(String yaml, String finding) {
        assertThat(findings(Map.of("a.api.yml", yaml))).anySatisfy(found -> assertThat(found).contains(finding));
    }

    @Test
    void servesWhatIsRight() {
        var files = new LinkedHashMap<String, String>();
        files.put("late.api.yml",
                "{path: /deals/late, query: {object: deals, where: {amount: {$gt: '${params.above}'}}},"
                        + " params: {above: {type: number, default: 3}}, response: {n: name, who: account.name}}");
        files.put("one.api.yml",
                "{path: '/api/deals/{id}', query: {object: deals, where: {id: '${params.id}'}}, params: {id: {type: lookup, reference_to: deals}}, single: true}");
        files.put("close.api.yml", "{path: '/deals/{id}/close', action: deals.close, params: {why: text}}");
        files.put("tidy.api.yml", "{path: /tidy, action: {object: deals, name: tidy}}");
        assertThat(findings(files)).isEmpty();

        DeclaredEndpoints endpoints = endpoints(catalog(files));
        assertThat(name(endpoints, "GET", "/deals/late")).as("words win over variables").isEqualTo("late");
        assertThat(name(endpoints, "GET", "/api/deals/late")).isEqualTo("late");
        assertThat(name(endpoints, "GET", "/api/endpoints/deals/x")).isEqualTo("one");
        assertThat(name(endpoints, "GET", "/deals/x")).as("written with /api").isEqualTo("none");
        assertThat(name(endpoints, "POST", "/api/deals/x/close")).isEqualTo("close");
        assertThat(endpoints.methods(PathContainer.parsePath("/api/tidy"))).containsExactly("POST");
    }

    @Test
    void letsOnlyOneAnswerAtAPath() {
        var files = new LinkedHashMap<String, String>();
        files.put("a.api.yml", "{path: '/x/{id}', query: {object: deals}}");
        files.put("b.api.yml", "{path: '/api/x/{other}', query: {object: deals}}");
        files.put("c.api.yml", "{path: '/x/{id}', method: POST, query: {object: deals}}");
        files.put("d.api.yml", "{path: '/y/{id}', query: {object: deals}}");
        files.put("e.api.yml", "{path: '/api/y/{other}', query: {object: deals}}");
        assertThat(findings(files)).filteredOn(found -> found.contains("another endpoint"))
                .containsExactly("e.api.yml:1:9: error: another endpoint answers GET /api/y/{other}, in d.api.yml"
                        + " (give each a path or a method of its own)");
    }

    private static List<String> findings(Map<String, String> files) {
        Catalog catalog = catalog(files);
        var all = new ArrayList<>(catalog.violations());
        all.addAll(endpoints(catalog).violations());
        return all.stream().map(Violation::toString).toList();
    }

    private static Catalog catalog(Map<String, String> files) {
        var all = new LinkedHashMap<String, String>();
        all.put("deals.object.yml", DEALS);
        all.put("accounts.object.yml", "fields: {name: {type: text}}");
        all.putAll(files);
        return TestingCatalogs.loadFiles(all);
    }

    private static DeclaredEndpoints endpoints(Catalog catalog) {
        var planner = new ReadPlanner(List.of());
        QueryCheck check = (query, snapshot) -> planner.plan(ShapedQuery.of(query).shape(),
                Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM), snapshot);
        return DeclaredEndpoints.of(catalog, check);
    }

    private static String name(DeclaredEndpoints endpoints, String method, String path) {
        return endpoints.find(method, PathContainer.parsePath(path)).map(DeclaredEndpoint::name).orElse("none");
    }
}
