package dev.objectos.server.declared;

import dev.objectos.runtime.expression.ItemProblems;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.metadata.MetadataItem;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.spi.QueryCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;

/** The endpoints that a catalog declares, compiled once. */
public final class DeclaredEndpoints {

    private static final String TYPE = "api";

    private final List<DeclaredEndpoint> all = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private DeclaredEndpoints(Catalog catalog, QueryCheck queries) {
        Map<String, DeclaredEndpoint> taken = new HashMap<>();
        for (MetadataItem item : catalog.items(TYPE)) {
            var problems = new ItemProblems(item);
            Optional<DeclaredEndpoint> read = new EndpointReader(catalog, item, queries, problems).read();
            read.ifPresent(endpoint -> {
                DeclaredEndpoint earlier = taken.putIfAbsent(endpoint.method() + endpoint.addresses().form(), endpoint);
                if (earlier == null) {
                    all.add(endpoint);
                } else {
                    problems.error(item.where("path"), "another endpoint answers " + endpoint.method() + " "
                            + endpoint.addresses() + ", in " + earlier.item().source().file(),
                            "give each a path or a method of its own");
                }
            });
            violations.addAll(problems.found());
        }
    }

    /** Those of a snapshot, made on first use. */
    public static DeclaredEndpoints of(Catalog catalog, QueryCheck queries) {
        return catalog.derive(DeclaredEndpoints.class, snapshot -> new DeclaredEndpoints(snapshot, queries));
    }

    /** What is wrong with those that are left out. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    /** Those that somebody with these roles may call. */
    List<DeclaredEndpoint> callable(Set<String> roles, boolean all) {
        return this.all.stream().filter(endpoint -> all || mayCall(endpoint, roles)).toList();
    }

    static boolean mayCall(DeclaredEndpoint endpoint, Collection<String> roles) {
        return endpoint.roles().isEmpty() || endpoint.roles().stream().anyMatch(roles::contains);
    }

    /** The one that answers; the path that says most wins. */
    Optional<DeclaredEndpoint> find(String method, PathContainer path) {
        return all.stream().filter(endpoint -> endpoint.method().equals(method))
                .flatMap(endpoint -> endpoint.addresses().fitting(path).map(pattern -> new Fit(endpoint, pattern)))
                .min(Comparator.comparing(Fit::pattern)).map(Fit::endpoint);
    }

    /** The methods that something answers to at a path. */
    Set<String> methods(PathContainer path) {
        var methods = new TreeSet<String>();
        all.stream().filter(endpoint -> endpoint.addresses().fitting(path).findAny().isPresent())
                .forEach(endpoint -> methods.add(endpoint.method()));
        return methods;
    }

    private record Fit(DeclaredEndpoint endpoint, PathPattern pattern) {}
}
