package dev.objectos.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can sign in after the first start, and after the next. */
final class FirstAdministratorTest {

    private static final String PEOPLE = "select (select count(*) from platform.account) || '/' || "
            + "(select count(*) from platform.membership)";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path home;

    @Test
    void getsAGeneratedPasswordThatIsShownOnceAndStaysTheSame() {
        DatabaseProperties database = TestingDatabase.empty("auth_generated");
        String password;
        try (var first = TestingServer.start(home, database, null)) {
            List<String> announced = first.announced();
            assertThat(announced).contains("E-mail    " + TestingServer.EMAIL);
            password = announced.stream().filter(line -> line.startsWith("Password  ")).findFirst().orElseThrow()
                    .split(" +", 3)[1];
            assertThat(password).hasSize(20);
            assertThat(first.signIn(TestingServer.EMAIL, password).status()).isEqualTo(200);
            assertThat(first.passwords().encoded.get()).as("no start pays for more than it stores").isEqualTo(1);
        }
        try (var second = TestingServer.start(home, database, "another one")) {
            assertThat(second.announced()).noneMatch(line -> line.startsWith("Password"));
            assertThat(second.passwords().encoded.get()).as("a later start hashes nothing").isZero();
            assertThat(second.stored(PEOPLE)).containsExactly("1/1");
            assertThat(second.signIn(TestingServer.EMAIL, password).status()).isEqualTo(200);
            assertThat(second.signIn(TestingServer.EMAIL, "another one").status())
                    .as("a setting changes nobody's password").isEqualTo(401);
        }
    }

    @Test
    void neverShowsAPasswordThatWasChosen() {
        assertThat(TestingServer.shared().announced()).contains("Password  as configured")
                .noneMatch(line -> line.contains(TestingServer.PASSWORD));
    }
}
