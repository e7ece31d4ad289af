package dev.objectos.runtime.health.doctor;

import dev.objectos.runtime.spi.DoctorFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Whether nobody but the server's account may read its secrets. */
record SecretFiles(Path home) implements Check {

    private static final Set<PosixFilePermission> OWN = Set.of(PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE);

    @Override
    public String name() {
        return "secret files";
    }

    @Override
    public DoctorFinding examine() throws IOException {
        var open = new ArrayList<String>();
        int seen = 0;
        for (Path file : List.of(home.resolve("secret.key"), home.resolve("audit.key"), home.resolve("login"),
                home.resolve("postgres").resolve("password"))) {
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view == null || !Files.exists(file)) {
                continue;
            }
            seen++;
            if (!OWN.containsAll(view.readAttributes().permissions())) {
                open.add(file.toString());
            }
        }
        return open.isEmpty()
                ? DoctorFinding.ok(name(), seen == 0 ? "none here" : seen + " that only the server's account may read")
                : DoctorFinding.fail(name(), "others may read or write " + Breaches.told(open),
                        "chmod 600 the files, and change the secrets if somebody may have read them");
    }
}
