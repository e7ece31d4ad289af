package dev.objectos.auth.ldap;

import dev.objectos.auth.session.Client;
import dev.objectos.auth.session.SessionCookie;
import dev.objectos.auth.signin.Required;
import dev.objectos.auth.signin.SignInAnswers;
import dev.objectos.auth.signin.SignInController;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signing in with the name and the password that a directory knows. */
@RestController
@RequestMapping("/api/auth")
public final class LdapController {

    private final Supplier<LdapDirectories> configured;
    private final DirectorySignIn signIn;
    private final SignInAnswers answers;

    /** @param configured the directories configured at the moment */
    public LdapController(Supplier<LdapDirectories> configured, DirectorySignIn signIn, SignInAnswers answers) {
        this.configured = configured;
        this.signIn = signIn;
        this.answers = answers;
    }

    /** @param provider name of the directory; may be left out where there is one alone */
    record DirectoryCredentials(@Nullable String username, @Nullable String password, @Nullable String provider) {}

    @PostMapping(path = "/sign-in/ldap", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> signIn(@RequestBody DirectoryCredentials credentials,
            HttpServletRequest request) {
        List<LdapSettings> known = configured.get().directories();
        var required = new Required();
        String username = required.text(credentials.username(), "username");
        String password = required.text(credentials.password(), "password");
        if (known.size() > 1) {
            required.text(credentials.provider(), "provider");
        }
        required.check();
        return answers.of(signIn.signIn(directory(known, credentials.provider()), username, password,
                Client.of(request), SessionCookie.value(request, SignInController.DEVICE_COOKIE)), request);
    }

    private static LdapSettings directory(List<LdapSettings> known, @Nullable String provider) {
        return known.stream().filter(directory -> provider == null || directory.name().equals(provider)).findFirst()
                .orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND, provider == null
                        ? "No directory is configured to sign in with"
                        : "No directory is configured under that name"));
    }
}
