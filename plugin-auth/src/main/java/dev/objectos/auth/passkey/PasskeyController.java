package dev.objectos.auth.passkey;

import dev.objectos.auth.identity.OwnIdentities;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.Logins;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.FieldValues;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Passkeys over HTTP; paths and members are those of better-auth. */
@RestController
@RequestMapping("/api/auth/passkey")
public final class PasskeyController {

    private static final UUID NONE = new UUID(0, 0);
    private static final Set<String> ATTACHMENTS = Set.of("platform", "cross-platform");
    private static final int LONGEST_NAME = 100;

    private final PasskeyStore passkeys;
    private final PasskeyChallenges challenges;
    private final PasskeyOptions options;
    private final PasskeyRegistration registration;
    private final PasskeySignIn signIn;
    private final OwnIdentities own;
    private final SignInAnswers answers;
    private final SecurityEvents events;

    public PasskeyController(PasskeyStore passkeys, PasskeyChallenges challenges, PasskeyOptions options,
            PasskeyRegistration registration, PasskeySignIn signIn, OwnIdentities own, SignInAnswers answers,
            SecurityEvents events) {
        this.own = own;
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.options = options;
        this.registration = registration;
        this.signIn = signIn;
        this.answers = answers;
        this.events = events;
    }

    @GetMapping("/generate-register-options")
    ResponseEntity<Map<String, Object>> registerOptions(@RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String authenticatorAttachment, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        if (authenticatorAttachment != null && !ATTACHMENTS.contains(authenticatorAttachment)) {
            throw invalid("authenticatorAttachment", "authenticatorAttachment is platform or cross-platform");
        }
        String label = name(name);
        registration.permit(self);
        var issued = challenges.issue(PasskeyChallenges.Purpose.REGISTRATION, self.account().id(), request);
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, issued.cookie()).body(options.creation(
                self.account(), passkeys.of(self.account().id()), issued.challenge(), label, authenticatorAttachment));
    }

    /** What an authenticator has answered, and for a new passkey what to call it. */
    record Verification(@Nullable JsonNode response, @Nullable String name) {

        String required() {
            var required = new Required();
            String json = required.text(response == null || response.isNull() ? null : response.toString(), "response");
            required.check();
            return json;
        }
    }

    @PostMapping(path = "/verify-registration", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, @Nullable Object> register(@RequestBody Verification wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        String response = wanted.required();
        String name = name(wanted.name());
        var challenge = challenges.take(PasskeyChallenges.Purpose.REGISTRATION, request);
        return answer(registration.add(self, response, challenge, name, Client.of(request)));
    }

    /** For whoever is signed in already, their own passkeys alone. */
    @RequestMapping(path = "/generate-authenticate-options", method = {RequestMethod.GET, RequestMethod.POST})
    ResponseEntity<Map<String, Object>> authenticateOptions(
            @RequestAttribute(name = SignedIn.ATTRIBUTE, required = false) @Nullable SignedIn self,
            HttpServletRequest request) {
        UUID account = self == null ? null : self.account().id();
        var issued = challenges.issue(PasskeyChallenges.Purpose.SIGN_IN, account, request);
        return ResponseEntity.ok().header(HttpHeaders.SET_COOKIE, issued.cookie()).body(
                options.request(account == null ? List.of() : passkeys.of(account), issued.challenge()));
    }

    @PostMapping(path = "/verify-authentication", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> authenticate(@RequestBody Verification wanted, HttpServletRequest request) {
        String response = wanted.required();
        var challenge = challenges.take(PasskeyChallenges.Purpose.SIGN_IN, request);
        Logins.Fresh fresh = signIn.signIn(response, challenge, Client.of(request));
        ResponseEntity<Map<String, Object>> begun = answers.begun(fresh, request);
        var members = new LinkedHashMap<String, Object>();
        if (begun.getBody() != null) {
            members.putAll(begun.getBody());
        }
        members.put("session", SignInAnswers.session(fresh.signedIn()));
        return ResponseEntity.status(begun.getStatusCode()).headers(begun.getHeaders()).body(members);
    }

    @GetMapping("/list-user-passkeys")
    List<Map<String, @Nullable Object>> list(HttpServletRequest request) {
        return passkeys.of(SignedIn.of(request).account().id()).stream().map(PasskeyController::answer).toList();
    }

    /** Which passkey, and what to call it from now on. */
    record Change(@Nullable String id, @Nullable String name) {}

    @PostMapping(path = "/update-passkey", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> rename(@RequestBody Change wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        var required = new Required();
        UUID id = id(required.text(wanted.id(), "id"));
        String name = required.text(wanted.name(), "name").strip();
        required.check();
        UUID account = self.account().id();
        name(name);
        if (!passkeys.rename(account, id, name)) {
            throw unknown();
        }
        events.emit("passkey.renamed", self, Client.of(request), Map.of("passkey", id.toString()));
        return Map.of("passkey", passkeys.find(account, id).map(PasskeyController::answer)
                .orElseThrow(PasskeyController::unknown));
    }

    @PostMapping(path = "/delete-passkey", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> delete(@RequestBody Change wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        var required = new Required();
        UUID id = id(required.text(wanted.id(), "id"));
        required.check();
        own.keepingAWayIn(self.account(), () -> {
            if (!passkeys.delete(self.account().id(), id)) {
                throw unknown();
            }
        }, "Nothing but this passkey opens the account; add another one, link a provider, or choose a password first, "
                + "by a mail from /api/auth/request-password-reset");
        events.emit("passkey.deleted", self, Client.of(request), Map.of("passkey", id.toString()));
        return Map.of("status", true);
    }

    private static Map<String, @Nullable Object> answer(Passkey passkey) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("id", passkey.id());
        answer.put("name", passkey.name());
        answer.put("credentialID", passkey.credentialId());
        answer.put("publicKey", passkey.publicKey());
        answer.put("counter", passkey.signCount());
        answer.put("deviceType", passkey.backupEligible() ? "multiDevice" : "singleDevice");
        answer.put("backedUp", passkey.backedUp());
        answer.put("transports", String.join(",", passkey.transports()));
        answer.put("aaguid", passkey.aaguid());
        answer.put("createdAt", passkey.createdAt());
        answer.put("lastUsedAt", passkey.lastUsedAt());
        return answer;
    }

    /** What is no id names no passkey either. */
    private static UUID id(String text) {
        return FieldValues.id(text).orElse(NONE);
    }

    private static @Nullable String name(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        if (name.length() > LONGEST_NAME || name.indexOf('\0') >= 0) {
            throw invalid("name", "name has at most " + LONGEST_NAME + " characters");
        }
        return name.strip();
    }

    private static PlatformException invalid(String field, String message) {
        return PlatformException.validation(List.of(new FieldError(field, "invalid", message)));
    }

    private static PlatformException unknown() {
        return new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, "You have no such passkey");
    }
}
