package dev.objectos.auth;

import dev.objectos.auth.session.LoginFilter;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.runtime.database.TestingDatabase;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.FilterChainProxy;

/**
 * What finding out who calls costs the server's processor for a warm request, by kind of credential: the login filter by itself, and
 * the whole security chain (limits, scopes, headers, authorization). It also says how many transactions the database saw
 * meanwhile: a credential is asked about again every few seconds, whatever the number of requests.
 */
public final class AuthenticationBenchmark {

    private static final int WARM_UP = 300_000;
    private static final int REQUESTS = 200_000;
    private static final int ROUNDS = 4;
    private static final String PATH = "/api/auth/get-session";

    private AuthenticationBenchmark() {}

    /** @param arguments how many requests are measured at a time; none: {@value #REQUESTS} */
    public static void main(String[] arguments) throws Exception {
        int measured = arguments.length == 0 ? REQUESTS : Integer.parseInt(arguments[0]);
        int warmUp = Math.min(WARM_UP, 10 * measured);
        try (var server = TestingServer.start(Files.createTempDirectory("authentication"),
                TestingDatabase.empty("auth_cost"), TestingServer.PASSWORD,
                Map.of("objectos.auth.limits.address", "2000000000", "objectos.auth.limits.user", "2000000000",
                        "objectos.auth.limits.key", "2000000000", "objectos.auth.limits.tenant", "2000000000"))) {
            Map<String, String> credentials = credentials(server);
            LoginFilter login = server.bean(LoginFilter.class);
            FilterChainProxy chain = server.bean(FilterChainProxy.class);
            credentials.values().forEach(credential -> {
                run(login::doFilter, credential, warmUp, server);
                run(chain::doFilter, credential, warmUp, server);
            });
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, String> credential : credentials.entrySet()) {
                    Cost filter = run(login::doFilter, credential.getValue(), measured, server);
                    Cost whole = run(chain::doFilter, credential.getValue(), measured, server);
                    System.out.printf("%-14s login filter %6.2f µs, security chain %6.2f µs a request; "
                            + "transactions of the whole server during %d requests: %d%n", credential.getKey(),
                            filter.micros(),
                            whole.micros(), 2 * measured, filter.transactions() + whole.transactions());
                }
            }
        }
    }

    private static Map<String, String> credentials(TestingServer server) {
        String token = server.administrator();
        String bearer = "Bearer " + token;
        var credentials = new LinkedHashMap<String, String>();
        credentials.put("nothing", "");
        credentials.put("session", token);
        credentials.put("JWT", server.get("/api/auth/token", "Authorization", bearer).token());
        credentials.put("API key", key(server, bearer, "{\"name\":\"All\"}"));
        credentials.put("scoped key", key(server, bearer, "{\"name\":\"Some\",\"scopes\":[\"data:read\"]}"));
        return credentials;
    }

    private static String key(TestingServer server, String bearer, String body) {
        return server.post("/api/auth/api-key/create", body, "Authorization", bearer).json().path("key").asString();
    }

    private record Cost(double micros, long transactions) {}

    /** What is measured: a filter, or several. */
    @FunctionalInterface
    private interface Filtering {

        void filter(MockHttpServletRequest request, MockHttpServletResponse response, FilterChain rest)
                throws IOException, ServletException;
    }

    /** Without what it costs to make requests, of which a second run with an empty filter gives an account. */
    private static Cost run(Filtering filter, String credential, int requests, TestingServer server) {
        long transactions = transactions(server);
        double all = micros(filter, credential, requests, !credential.isEmpty());
        long used = transactions(server) - transactions;
        double making = micros((request, response, rest) -> rest.doFilter(request, response), credential, requests,
                false);
        return new Cost(all - making, used);
    }

    private static double micros(Filtering filter, String credential, int requests, boolean known) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        try {
            for (int i = 0; i < requests; i++) {
                var request = new MockHttpServletRequest("GET", PATH);
                if (!credential.isEmpty()) {
                    request.addHeader("Authorization", "Bearer " + credential);
                }
                filter.filter(request, new MockHttpServletResponse(), (reached, _) -> check(known, reached));
            }
        } catch (IOException | ServletException e) {
            throw new IllegalStateException(e);
        }
        return (threads.getCurrentThreadCpuTime() - before) / 1e3 / requests;
    }

    /** Who is not found out costs less than nothing. */
    private static void check(boolean known, Object request) {
        if (known == (((HttpServletRequest) request).getAttribute(SignedIn.ATTRIBUTE) == null)) {
            throw new IllegalStateException(known ? "nobody was known" : "somebody was known");
        }
    }

    /** Transactions of the server so far, those in its background among them; the database counts them with some delay. */
    private static long transactions(TestingServer server) {
        return Long.parseLong(server.stored(
                "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()")
                .getFirst());
    }
}
