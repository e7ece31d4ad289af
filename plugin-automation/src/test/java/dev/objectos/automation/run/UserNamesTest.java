package dev.objectos.automation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserNamesTest {

    private static final UUID ADA = UUID.fromString("01970000-0000-7000-8000-00000000000a");
    private static final UUID BEN = UUID.fromString("01970000-0000-7000-8000-00000000000b");

    private final UserNames users = new UserNames((field, values) -> {
        Map<String, Map<Object, UUID>> known = Map.of("id", Map.of(ADA, ADA), "username", Map.of("ada", ADA),
                "email", Map.of("ben@example.com", BEN));
        var found = new LinkedHashMap<Object, UUID>(known.getOrDefault(field, Map.of()));
        found.keySet().retainAll(values);
        return found;
    });

    @Test
    void findsUsersByIdUserNameAndMail() {
        assertThat(users.all(List.of(ADA.toString(), "Ben@Example.com", "ada"))).containsExactly(ADA, BEN, ADA);
    }

    @Test
    void namesThoseThatThereAreNot() {
        assertThatThrownBy(() -> users.all(List.of("ada", "eve", "mal@example.com")))
                .isInstanceOfSatisfying(TriggerFailure.class, failure -> assertThat(failure.reason())
                        .isEqualTo("there is no user 'eve', 'mal@example.com' (by id, user name or e-mail)"));
    }
}
