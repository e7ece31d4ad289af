package dev.objectos.server;

import dev.objectos.server.web.JsonBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The two answers of the auth plugin that a client needs before it may ask for records. */
@RestController
final class TestingAuth {

    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "correct horse";

    private static final Map<String, Object> USER = Map.of("id", "01990000-0000-7000-8000-00000000000a", "email",
            EMAIL);

    private final JsonBodies bodies;

    TestingAuth(JsonBodies bodies) {
        this.bodies = bodies;
    }

    @PostMapping("/api/auth/sign-in/email")
    ResponseEntity<Object> signIn(HttpServletRequest request) {
        return bodies.readObject(request).equals(Map.of("email", EMAIL, "password", PASSWORD))
                ? ResponseEntity.ok(Map.of("token", "test", "user", USER, "redirect", false))
                : ResponseEntity.status(401).body(Map.of("code", "INVALID_EMAIL_OR_PASSWORD", "message", "Wrong"));
    }

    @GetMapping("/api/auth/get-session")
    ResponseEntity<Object> session() {
        return ResponseEntity.ok(Map.of("user", USER, "session", Map.of("token", "test")));
    }
}
