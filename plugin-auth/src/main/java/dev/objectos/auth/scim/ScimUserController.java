package dev.objectos.auth.scim;

import dev.objectos.auth.administration.Administrator;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.spi.TakesParameters;
import jakarta.servlet.http.HttpServletRequest;
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

/** The users of the caller's tenant. */
@RestController
@RequestMapping(path = "/scim/v2/Users", produces = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
@TakesParameters({"attributes", "excludedAttributes"})
public final class ScimUserController {

    private final ScimUsers users;

    public ScimUserController(ScimUsers users) {
        this.users = users;
    }

    @GetMapping
    ResponseEntity<Object> list(@RequestParam(required = false) @Nullable String filter,
            @RequestParam(required = false) @Nullable String startIndex,
            @RequestParam(required = false) @Nullable String count, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        var window = ScimHttp.Window.read(startIndex, count);
        UserFilter wanted = filter == null ? UserFilter.ALL : UserFilter.of(FilterParser.parse(filter));
        ScimUsers.Found found = users.list(by.tenant(), wanted, window.offset(), window.count());
        String base = ScimHttp.base(request);
        return ScimHttp.list(request, found.users(), found.total(), window, user -> user.json(base));
    }

    @GetMapping("/{id}")
    ResponseEntity<Object> get(@PathVariable String id, HttpServletRequest request) {
        ScimUser user = users.get(Administrator.of(request, SystemPermission.MANAGE_USERS).tenant(), id);
        return ScimHttp.known(request, user.version())
                ? ScimHttp.unchanged(user.version())
                : ScimHttp.answer(request, 200, user.json(ScimHttp.base(request)));
    }

    @PostMapping(consumes = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> create(@RequestBody JsonNode body, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        return ScimHttp.answer(request, 201, users.create(by, UserInput.read(body)).json(ScimHttp.base(request)));
    }

    @PutMapping(path = "/{id}", consumes = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> replace(@PathVariable String id, @RequestBody JsonNode body, HttpServletRequest request) {
        UserInput given = UserInput.read(body);
        if (given.userName() == null) {
            throw ScimException.invalidValue("userName is required");
        }
        // What is not named is taken away where it may be.
        var whole = new UserInput(given.userName(), given.externalId() == null ? "" : given.externalId(), given.name(),
                given.email(), given.active() == null || given.active(), given.password(), given.roles());
        return change(id, whole, request);
    }

    @PatchMapping(path = "/{id}", consumes = {ScimHttp.SCIM_JSON, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<Object> patch(@PathVariable String id, @RequestBody JsonNode body, HttpServletRequest request) {
        return change(id, UserInput.patch(body), request);
    }

    private ResponseEntity<Object> change(String id, UserInput wanted, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        ScimHttp.requireVersion(request, users.get(by.tenant(), id).version());
        return ScimHttp.answer(request, 200, users.change(by, id, wanted).json(ScimHttp.base(request)));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Object> delete(@PathVariable String id, HttpServletRequest request) {
        Administrator by = Administrator.of(request, SystemPermission.MANAGE_USERS);
        ScimHttp.requireVersion(request, users.get(by.tenant(), id).version());
        users.delete(by, id);
        return ResponseEntity.noContent().build();
    }
}
