package dev.objectos.assembly;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where things are, seen from whichever folder the tests run in. */
final class ProjectFolders {

    private ProjectFolders() {}

    /** Applications that others wrote; they are kept outside of the project, and not everywhere. */
    static Optional<Path> realInput() {
        return upwards().map(folder -> folder.resolve("shared").resolve("real-input")).filter(Files::isDirectory)
                .findFirst();
    }

    /** The application with which permissions are tried. */
    static Path permissions() {
        return upwards().map(folder -> folder.resolve("src/test/resources/permissions")).filter(Files::isDirectory)
                .findFirst().orElseThrow(() -> new AssertionError("There are no permissions to try above " + here()));
    }

    static Path launcher() {
        return upwards().map(folder -> folder.resolve("objectos")).filter(Files::isRegularFile).findFirst()
                .orElseThrow(() -> new AssertionError("There is no launcher above " + here()));
    }

    private static Stream<Path> upwards() {
        return Stream.iterate(here(), folder -> folder != null, Path::getParent);
    }

    private static Path here() {
        return Path.of("").toAbsolutePath();
    }
}
