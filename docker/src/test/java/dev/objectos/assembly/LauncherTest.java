package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The script from which people start, as far as it answers without a build. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private record Outcome(int status, String text) {}

    @Test
    void helpNamesEveryCommand() throws IOException, InterruptedException {
        Outcome help = launch("help");

        assertThat(help.status()).isZero();
        assertThat(help.text()).contains("run", "build", "test", "version", "OBJECTOS_HOME");
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

    private static Outcome launch(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<String>();
        command.add(ProjectFolders.launcher().toString());
        command.addAll(java.util.List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), text);
    }
}
