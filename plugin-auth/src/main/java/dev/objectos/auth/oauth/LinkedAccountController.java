package dev.objectos.auth.oauth;

import dev.objectos.auth.identity.LinkedIdentities;
import dev.objectos.auth.identity.LinkedIdentity;
import dev.objectos.auth.identity.OwnIdentities;
import dev.objectos.auth.security.SecurityEvents;
import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SignedIn;
import dev.objectos.auth.signin.Required;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who people are elsewhere, for themselves. */
@RestController
@RequestMapping("/api/auth")
public final class LinkedAccountController {

    private final LinkedIdentities links;
    private final OwnIdentities own;
    private final SecurityEvents events;

    public LinkedAccountController(LinkedIdentities links, OwnIdentities own, SecurityEvents events) {
        this.links = links;
        this.own = own;
        this.events = events;
    }

    /** The password, where there is one, is listed as better-auth does: as the provider {@code credential}. */
    @GetMapping("/list-accounts")
    List<Map<String, @Nullable Object>> accounts(HttpServletRequest request) {
        SignedIn self = SignedIn.of(request);
        var listed = new ArrayList<Map<String, @Nullable Object>>();
        if (self.account().passwordHash() != null) {
            var password = new LinkedHashMap<String, @Nullable Object>();
            password.put("id", self.account().id());
            password.put("providerId", "credential");
            password.put("accountId", self.account().id());
            password.put("createdAt", self.account().createdAt());
            password.put("updatedAt", self.account().passwordChangedAt());
            listed.add(password);
        }
        links.of(self.account().id()).forEach(link -> listed.add(listed(link)));
        return listed;
    }

    private static Map<String, @Nullable Object> listed(LinkedIdentity link) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("id", id(link));
        members.put("providerId", link.provider());
        members.put("accountId", link.subject());
        members.put("email", link.email());
        members.put("createdAt", link.linkedAt());
        members.put("updatedAt", link.lastUsedAt());
        return members;
    }

    /**
     * Which provider is to open the account no more.
     *
     * @param accountId what {@code list-accounts} gives as {@code id}; better-auth's clients name the provider by it
     */
    record Unlinking(@Nullable String providerId, @Nullable String accountId) {}

    @PostMapping(path = "/unlink-account", consumes = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> unlink(@RequestBody Unlinking wanted, HttpServletRequest request) {
        SignedIn self = SignedIn.inPerson(request);
        var required = new Required();
        String provider = wanted.providerId() == null && wanted.accountId() != null
                ? provider(self, wanted.accountId())
                : required.text(wanted.providerId(), "providerId");
        required.check();
        own.unlink(self.account(), provider);
        events.emit("identity.unlinked", self, Client.of(request), Map.of("provider", provider));
        return Map.of("status", true);
    }

    /** The provider of a link; as it was given where there is none such, so that it is answered like one that is not linked. */
    private String provider(SignedIn self, String link) {
        return links.of(self.account().id()).stream().filter(own -> id(own).equals(link)).findFirst()
                .map(LinkedIdentity::provider).orElse(link);
    }

    private static String id(LinkedIdentity link) {
        return link.provider() + ":" + link.subject();
    }
}
