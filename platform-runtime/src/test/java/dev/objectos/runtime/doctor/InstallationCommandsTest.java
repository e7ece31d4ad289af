package dev.objectos.runtime.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import dev.objectos.runtime.spi.InstallationCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

class InstallationCommandsTest {

    @TempDir
    private Path home;

    /** Says who it works as. */
    private static final class Who implements InstallationCommand {

        @Override
        public String name() {
            return "who";
        }

        @Override
        public String usage() {
            return "am-i";
        }

        @Override
        public boolean understands(List<String> arguments) {
            return arguments.equals(List.of("am-i"));
        }

        @Override
        public int run(List<String> arguments, DataSource worker, Path home, PrintStream out) {
            out.print(
                    JdbcClient.create(worker).sql("SELECT current_user").query(String.class).single() + " at " + home);
            return 0;
        }
    }

    private String run(Map<String, String> settings, String... arguments) {
        var all = new HashMap<String, Object>(settings);
        all.put("objectos.home", home.toString());
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("testing", all));
        var printed = new ByteArrayOutputStream();
        int status = new InstallationCommands(environment, List.of(new Who()),
                new PrintStream(printed, true, StandardCharsets.UTF_8)).run(List.of(arguments));
        return status + " " + printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void workOnTheDatabaseOfTheInstallation() {
        DatabaseProperties database = TestingDatabase.empty("installation_commands");
        assertThat(run(Map.of("objectos.database.url", String.valueOf(database.url()), "objectos.database.user",
                String.valueOf(database.user()), "objectos.database.password", String.valueOf(database.password())),
                "who", "am-i")).startsWith("0 ").contains("_worker at " + home);
    }

    @Test
    void sayHowTheyAreCalled() {
        assertThat(run(Map.of(), "who")).isEqualTo("2 Usage: ./objectos who am-i\n");
        assertThat(run(Map.of(), "what")).startsWith("2 objectos: there is no such command");
        assertThat(run(Map.of())).startsWith("2 ");
        assertThat(run(Map.of(), "who", "am-i")).startsWith("1 objectos: there is no database yet");
    }
}
