package dev.objectos.server;

import dev.objectos.runtime.ObjectOs;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.query.MatchingIds;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.session.Origin;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.Records;
import dev.objectos.runtime.spi.UserSessions;
import dev.objectos.server.web.JsonBodies;
import dev.objectos.server.web.SessionResolver;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The whole server with every auto-configuration, on a real PostgreSQL and the YAML below {@code src/test/metadata}. */
final class RealServer {

    /** A tenant beside the first one. */
    static final UUID NEIGHBOUR = UUID.fromString("01990000-0000-7000-8000-0000000000aa");

    private RealServer() {}

    static TestingHttp start(Path home, String database) {
        return start(home, TestingDatabase.empty(database), Map.of());
    }

    /** On a database that may have been in use before, with further settings. */
    static TestingHttp start(Path home, DatabaseProperties empty, Map<String, String> more) {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("objectos.home", home.toString());
        settings.put("objectos.metadata.dirs", "src/test/metadata");
        settings.put("objectos.metadata.watch", "false");
        settings.put("objectos.database.url", String.valueOf(empty.url()));
        settings.put("objectos.database.user", String.valueOf(empty.user()));
        settings.put("objectos.database.password", String.valueOf(empty.password()));
        settings.putAll(more);
        var application = new SpringApplication(ObjectOs.class, Sessions.class);
        application.setDefaultProperties(Map.copyOf(settings));
        var context = (ServletWebServerApplicationContext) application.run();
        context.getBean(SignedIn.class).as(context.getBean(Records.class));
        return new TestingHttp(context);
    }

    /** The person behind the token: a record like any other, so that owners and authors refer to somebody. */
    static final class SignedIn {

        private volatile @Nullable Session session;

        @Nullable
        Session session() {
            return session;
        }

        private void as(Records records) {
            Session system = Session.system(Session.DEFAULT_TENANT, Origin.SYSTEM);
            var user = new Mutation.Create("user",
                    Map.of("name", "Ada", "email", TestingAuth.EMAIL, "username", "ada"));
            UUID id = MatchingIds
                    .find(query -> records.query(query, system), "user", "username", List.of("ada")).stream()
                    .findFirst().orElseGet(() -> records.create(user, system).id());
            session = new Session(Session.DEFAULT_TENANT, new UserIdentity(id, TestingAuth.EMAIL, "Ada", "ada"),
                    Set.of("admin"), true, Locale.ENGLISH, ZoneOffset.UTC, Origin.REST);
        }
    }

    /** Stands in for the auth plugin, which this module does not know. */
    @Configuration(proxyBeanMethods = false)
    static class Sessions {

        /** By the header that stands for somebody with them. */
        private static final Map<String, Set<String>> ROLES = Map.of("Bearer member", Set.of(), "Bearer clerk",
                Set.of(ClerkRights.ROLE), "Bearer owner", Set.of("owner"));

        @Bean
        SignedIn signedIn() {
            return new SignedIn();
        }

        @Bean
        @Order(0)
        Filter sessions(SignedIn signedIn) {
            return (request, response, chain) -> {
                if ("Bearer test".equals(((HttpServletRequest) request).getHeader("Authorization"))) {
                    request.setAttribute(SessionResolver.ATTRIBUTE, signedIn.session());
                }
                if ("Bearer neighbour".equals(((HttpServletRequest) request).getHeader("Authorization"))) {
                    request.setAttribute(SessionResolver.ATTRIBUTE, Session.system(NEIGHBOUR, Origin.REST));
                }
                Session person = signedIn.session();
                Set<String> roles = ROLES
                        .get(String.valueOf(((HttpServletRequest) request).getHeader("Authorization")));
                if (person != null && roles != null) {
                    request.setAttribute(SessionResolver.ATTRIBUTE, new Session(person.tenant(), person.user(), roles,
                            false, person.locale(), person.zone(), Origin.REST));
                }
                chain.doFilter(request, response);
            };
        }

        /** What the auth plugin knows of people: here there is one. */
        @Bean
        UserSessions userSessions(SignedIn signedIn) {
            return new UserSessions() {

                @Override
                public Optional<Session> of(UUID tenant, String user) {
                    return Optional.ofNullable(signedIn.session())
                            .filter(session -> user.equals(String.valueOf(session.userId())));
                }

                @Override
                public List<Member> members(UUID tenant) {
                    return List.of();
                }
            };
        }

        @Bean
        ClerkRights clerkRights() {
            return new ClerkRights();
        }

        @Bean
        TestingAuth auth(JsonBodies bodies) {
            return new TestingAuth(bodies);
        }
    }
}
