package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script from which people start, as far as it answers without a build. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private record Outcome(int status, String text) {}

    @TempDir
    private Path home;

    @Test
    void helpNamesEveryCommand() throws IOException, InterruptedException {
        Outcome help = launch("help");

        assertThat(help.status()).isZero();
        assertThat(help.text()).contains("run", "status", "stop", "logs", "login", "doctor", "build", "test", "plugin",
                "version", "OBJECTOS_HOME");
    }

    @Test
    void anUnknownCommandIsAWrongUse() throws IOException, InterruptedException {
        Outcome refusal = launch("frobnicate");

        assertThat(refusal.status()).isEqualTo(2);
        assertThat(refusal.text()).contains("frobnicate");
    }

    @Test
    void aPortThatIsNoneIsAWrongUse() throws IOException, InterruptedException {
        assertThat(launch("run", "--port", "http").status()).isEqualTo(2);
        assertThat(launch("run", "--port", "65536").status()).isEqualTo(2);
    }

    @Test
    void commandsWithoutOptionsRefuseThem() throws IOException, InterruptedException {
        for (String command : new String[]{"status", "stop", "doctor"}) {
            Outcome refusal = launch(command, "--now");
            assertThat(refusal.status()).as(command).isEqualTo(2);
            assertThat(refusal.text()).contains(command + " takes no options");
        }
    }

    @Test
    void aServerThatWasNeverStartedDoesNotRun() throws IOException, InterruptedException {
        assertThat(launch("status").status()).isEqualTo(1);
        assertThat(launch("stop")).isEqualTo(new Outcome(0, "ObjectOS does not run.\n"));
    }

    @Test
    void aNumberThatNowBelongsToAnotherProgramIsNotTheServer() throws IOException, InterruptedException {
        Files.writeString(home.resolve("server.pid"), ProcessHandle.current().pid() + "\n");

        assertThat(launch("status").text()).isEqualTo("ObjectOS does not run.\n");
    }

    @Test
    void printsTheEndOfTheLog() throws IOException, InterruptedException {
        assertThat(launch("logs").status()).isEqualTo(1);
        assertThat(launch("logs").text()).contains("There is no log yet");
        Files.writeString(home.resolve("server.log"), "one\ntwo\nthree\n");

        assertThat(launch("logs", "-n", "2")).isEqualTo(new Outcome(0, "two\nthree\n"));
        assertThat(launch("logs", "-n", "many").status()).isEqualTo(2);
        assertThat(launch("logs", "--all").status()).isEqualTo(2);
    }

    @Test
    void triesNothingButAFileThatIsThere() throws IOException, InterruptedException {
        assertThat(launch("plugin", "try").status()).isEqualTo(2);
        assertThat(launch("plugin", "try", "a.jar", "b.jar").status()).isEqualTo(2);
        assertThat(launch("plugin", "try", "a.jar", "--").status()).isEqualTo(2);
        assertThat(launch("plugin", "try", home.resolve("a.jar").toString()).status()).isEqualTo(1);
        assertThat(launch("plugin", "try", home.toString()).text())
                .contains("is a folder; pack what is in it as a zip");
    }

    private Outcome launch(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(ProjectFolders.launcher().toString());
        command.addAll(java.util.List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OBJECTOS_HOME", home.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
