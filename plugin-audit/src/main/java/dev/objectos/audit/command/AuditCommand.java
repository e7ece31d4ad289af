package dev.objectos.audit.command;

import dev.objectos.audit.seal.HeadFile;
import dev.objectos.audit.seal.SigningKey;
import dev.objectos.audit.seal.Verification;
import dev.objectos.audit.seal.Verifier;
import dev.objectos.runtime.spi.InstallationCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;

/** {@code ./objectos audit verify}: compares the trail with its seals, beside the server or without it. */
public final class AuditCommand implements InstallationCommand {

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String usage() {
        return "verify    find out whether any entry of the audit trail was altered, removed or inserted";
    }

    @Override
    public boolean understands(List<String> arguments) {
        return arguments.equals(List.of("verify"));
    }

    @Override
    public int run(List<String> arguments, DataSource worker, Path home, PrintStream out) {
        if (!SigningKey.existsIn(home)) {
            out.println("INVALID  there is no " + home.resolve("audit.key") + ", so that no signature can be checked");
            return 1;
        }
        Verification result = new Verifier(worker, SigningKey.in(home), new HeadFile(home), null).verify(null);
        for (Verification.Problem problem : result.problems()) {
            out.println("%-8s  %s  %s  %s".formatted(problem.kind().word(),
                    problem.tenant() == null ? "every tenant" : "tenant " + problem.tenant(),
                    problem.entry() == null ? "" : "entry " + problem.entry(), problem.message()));
        }
        out.println("%s  %d entries checked, %d too new to be sealed, sealed until %s".formatted(
                result.valid() ? "VALID" : "INVALID", result.checked(), result.unsealed(),
                result.until() == null ? "never" : result.until()));
        return result.valid() ? 0 : 1;
    }
}
