package dev.objectos.auth.scim;

import dev.objectos.auth.administration.Administrator;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The roles of the caller's tenant, as groups. */
@RestController
@RequestMapping(path = "/scim/v2/Groups", produces = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
@TakesParameters({"attributes", "excludedAttributes"})
public final class ScimGroupController {

    private static final Pattern ONE_MEMBER = Pattern.compile("members\\[value eq \"([^\"]*)\"\\]",
            Pattern.CASE_INSENSITIVE);

    private final ScimGroups groups;

    public ScimGroupController(ScimGroups groups) {
        this.groups = groups;
    }

    @GetMapping
    ResponseEntity<Object> list(@RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String startIndex,
            @RequestParam(required = false) @Nullable String count, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var window = ScimHttp.Window.read(startIndex, count);
        Filter wanted = filter == null ? null : FilterParser.parse(filter);
        List<ScimGroup> all = groups.all(by.tenant()).stream()
                .filter(group -> wanted == null || GroupFilter.matches(wanted, group)).toList();
        String base = ScimHttp.base(request);
        return ScimHttp.list(request, all.stream().skip(window.offset()).limit(window.count()).toList(), all.size(),
                window, group -> group.json(base));
    }

    @GetMapping("/{id}")
    ResponseEntity<Object> get(@PathVariable String id, HttpServletRequest request) {
        ScimGroup group = groups.get(Administrator.of(request, SystemPermission.MANAGE_USERS).tenant(), id);
        return ScimHttp.known(request, group.version())
                ? ScimHttp.unchanged(group.version())
                : ScimHttp.answer(request, 200, group.json(ScimHttp.base(request)));
    }

    @PostMapping(consumes = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> create(@RequestBody JsonNode body, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.ASSIGN_ROLES);
        String externalId = body.path("externalId").asString("");
        ScimGroup made = groups.create(by, body.path("displayName").asString(""),
                externalId.isEmpty() ? null : externalId, people(body.path("members")));
        return ScimHttp.answer(request, 201, made.json(ScimHttp.base(request)));
    }

    @PutMapping(path = "/{id}", consumes = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> replace(@PathVariable String id, @RequestBody JsonNode body, HttpServletRequest request) {
        sameName(id, body.path("displayName"));
        return setMembers(id, request, _ -> people(body.path("members")));
    }

    @PatchMapping(path = "/{id}", consumes = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> patch(@PathVariable String id, @RequestBody JsonNode body, HttpServletRequest request) {
        if (!body.path("Operations").isArray()) {
            throw new ScimException(400, "invalidSyntax", "Operations is a list of changes");
        }
        return setMembers(id, request, current -> {
            var members = new LinkedHashSet<>(current);
            body.path("Operations").forEach(operation -> apply(id, operation, members));
            return members;
        });
    }

    private static void apply(String id, JsonNode operation, Set<String> members) {
        String kind = operation.path("op").asString("").toLowerCase(Locale.ROOT);
        String path = operation.path("path").asString("");
        JsonNode value = operation.path("value");
        Matcher one = ONE_MEMBER.matcher(path);
        if (kind.equals("remove") && one.matches()) {
            members.remove(one.group(1));
        } else if (kind.equals("remove") && path.equalsIgnoreCase("members")) {
            if (value.isMissingNode()) {
                members.clear();
            }
            members.removeAll(people(value));
        } else if (path.equalsIgnoreCase("members") && kind.equals("add")) {
            members.addAll(people(value));
        } else if (path.equalsIgnoreCase("members") && kind.equals("replace")) {
            members.clear();
            members.addAll(people(value));
        } else if (path.equalsIgnoreCase("displayName") && kind.equals("replace")) {
            sameName(id, value);
        } else if (path.isEmpty() && (kind.equals("add") || kind.equals("replace")) && value.isObject()) {
            sameName(id, value.path("displayName"));
            if (value.has("members")) {
                if (kind.equals("replace")) {
                    members.clear();
                }
                members.addAll(people(value.path("members")));
            }
        } else {
            throw new ScimException(400, "invalidPath", "Only the members of a group can be changed");
        }
    }

    private ResponseEntity<Object> setMembers(String id, HttpServletRequest request,
            java.util.function.Function<Set<String>, Set<String>> change) {
        Administrator by = Administrator.of(request, SystemPermission.ASSIGN_ROLES);
        ScimGroup current = groups.get(by.tenant(), id);
        ScimHttp.requireVersion(request, current.version());
        Set<String> members = change.apply(
                current.members().stream().map(member -> member.id().toString()).collect(Collectors.toSet()));
        return ScimHttp.answer(request, 200, groups.setMembers(by, id, members).json(ScimHttp.base(request)));
    }

    /** A role is its name; another name is another role. */
    private static void sameName(String id, JsonNode displayName) {
        if (!displayName.isMissingNode() && !displayName.asString("").equals(id)) {
            throw new ScimException(400, "mutability", "A group keeps its name: make another one");
        }
    }

    private static Set<String> people(JsonNode members) {
        var people = new LinkedHashSet<String>();
        members.forEach(member -> people.add(member.path("value").asString("")));
        return people;
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Object> delete(@PathVariable String id, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.ASSIGN_ROLES);
        ScimHttp.requireVersion(request, groups.get(by.tenant(), id).version());
        groups.delete(by, id);
        return ResponseEntity.noContent().build();
    }
}
