package dev.objectos.auth.apikey;

import dev.objectos.auth.scope.Scopes;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalogs;
import dev.objectos.runtime.metadata.FieldValues;
import dev.objectos.runtime.session.SystemPermission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** People's API keys, and those that administrators give to services; paths and members are those of better-auth. */
@RestController
@RequestMapping("/api/auth/api-key")
public final class ApiKeyController {

    private final ApiKeys keys;
    private final KeyOwners owners;
    private final Catalogs catalogs;
    private final SecurityEvents events;
    private final Clock clock;

    public ApiKeyController(ApiKeys keys, KeyOwners owners, Catalogs catalogs, SecurityEvents events, Clock clock) {
        this.keys = keys;
        this.owners = owners;
        this.catalogs = catalogs;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A key to be made.
     *
     * @param expiresIn in seconds; null: never
     * @param scopes null: whatever its owner may
     * @param userId of a service account; null: for oneself
     */
    record Wanted(@Nullable String name, @Nullable Long expiresIn, @Nullable List<String> scopes,
            @Nullable String userId, @Nullable JsonNode metadata) {}

    @PostMapping(path = "/create", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> create(@RequestBody Wanted wanted, HttpServletRequest request) {
        SignedIn self = acting(request);
        self.session().require(SystemPermission.API_ACCESS, "You may not call with API keys; ask an administrator");
        var form = new KeyForm(clock.instant());
        String name = form.name(wanted.name());
        String metadata = form.metadata(wanted.metadata());
        var expiresAt = form.expiry(wanted.expiresIn());
        form.check();
        Scopes scopes = handedOn(Scopes.read(wanted.scopes(), catalogs.current()), self);
        UUID owner = wanted.userId() == null ? self.account().id() : owners.service(wanted.userId(), request);
        ApiKeys.Fresh fresh = keys.create(new NewApiKey(name, owner, self.session().tenant(), scopes, metadata,
                KeyForm.earlier(expiresAt, self.login() == null ? self.expiresAt() : null), self.account().id()));
        told("api-key.created", fresh.key(), self, request);
        return KeyForm.answer(fresh.key(), user(fresh.key()), fresh.secret());
    }

    @GetMapping("/list")
    List<Map<String, @Nullable Object>> list(@RequestParam(name = "userId", required = false) @Nullable String userId,
            HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        UUID owner = userId == null ? self.account().id() : owners.member(userId, request);
        UUID user = owners.user(owner, self.session().tenant());
        return keys.of(owner, self.session().tenant()).stream().map(key -> KeyForm.answer(key, user, null)).toList();
    }

    @GetMapping("/get")
    Map<String, @Nullable Object> get(@RequestParam("id") String id, HttpServletRequest request) {
        ApiKey key = key(id, SignedIn.of(request));
        return KeyForm.answer(key, user(key), null);
    }

    /** What is to change about a key; null: stays as it is. */
    record Change(@Nullable String keyId, @Nullable String name, @Nullable Boolean enabled, @Nullable Long expiresIn,
            @Nullable List<String> scopes, @Nullable JsonNode metadata) {}

    @PostMapping(path = "/update", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> update(@RequestBody Change change, HttpServletRequest request) {
        SignedIn self = acting(request);
        ApiKey key = key(required(change.keyId()), self);
        if (!key.account().equals(self.account().id())) {
            owners.service(user(key).toString(), request);
        }
        handedOn(key.scopes(), self);
        var form = new KeyForm(clock.instant());
        String name = change.name() == null ? key.name() : form.name(change.name());
        String metadata = change.metadata() == null ? key.metadata() : form.metadata(change.metadata());
        var expiresAt = change.expiresIn() == null ? key.expiresAt() : form.expiry(change.expiresIn());
        form.check();
        Scopes scopes = change.scopes() == null
                ? key.scopes()
                : handedOn(Scopes.read(change.scopes(), catalogs.current()), self);
        var changed = new ApiKey(key.id(), key.start(), name, key.account(), key.tenant(), scopes, metadata,
                change.enabled() == null ? key.enabled() : change.enabled(), key.createdBy(), key.createdAt(),
                clock.instant(), KeyForm.earlier(expiresAt, self.login() == null ? self.expiresAt() : null),
                key.lastUsedAt());
        keys.update(changed);
        told("api-key.changed", changed, self, request);
        return KeyForm.answer(changed, user(changed), null);
    }

    /** @param keyId of the key that nobody shall use any more */
    record Named(@Nullable String keyId) {}

    @PostMapping(path = "/delete", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> delete(@RequestBody Named named, HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        ApiKey key = key(required(named.keyId()), self);
        keys.delete(key);
        told("api-key.deleted", key, self, request);
        return Map.of("success", true);
    }

    /** A key would outlast the time for which an administrator may act as somebody. */
    private static SignedIn acting(HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        if (self.session().impersonator() != null) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED, "Only the person makes and changes their keys");
        }
        return self;
    }

    /** No credential hands on more than it has. */
    private static Scopes handedOn(Scopes scopes, SignedIn self) {
        if (!Scopes.of(self.session()).cover(scopes)) {
            throw new PlatformException(RuntimeError.PERMISSION_DENIED,
                    "A key cannot have more scopes than the one that it is made or changed with");
        }
        return scopes;
    }

    /** A key that somebody reaches; others are not there. */
    private ApiKey key(String id, SignedIn self) {
        return FieldValues.id(id).flatMap(known -> keys.withId(known, self.session().tenant()))
                .filter(key -> owners.reaches(self, key))
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "There is no such key"));
    }

    private UUID user(ApiKey key) {
        return owners.user(key.account(), key.tenant());
    }

    private static String required(@Nullable String keyId) {
        var required = new Required();
        String id = required.text(keyId, "keyId");
        required.check();
        return id;
    }

    private void told(String action, ApiKey key, SignedIn self, HttpServletRequest request) {
        String scopes = key.scopes().text();
        events.emit(action, self, Client.of(request),
                Map.of("key", key.id().toString(), "start", key.start(), "account", key.account().toString(), "scopes",
                        scopes == null ? Scopes.EVERYTHING : scopes));
    }
}
