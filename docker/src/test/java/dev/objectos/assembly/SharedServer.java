package dev.objectos.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Gives tests one server with all demo data, the real applications where they are, one to try permissions with, and a
 * watched folder.
 */
final class SharedServer implements ParameterResolver {

    /** The server and the folder in which it notices saved files. */
    record Fixture(ServerProcess server, Path folder, Path watched) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            server.close();
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Fixture.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(SharedServer.class)).computeIfAbsent(Fixture.class,
                _ -> start(), Fixture.class);
    }

    private static Fixture start() {
        try {
            Path folder = Files.createTempDirectory("objectos-assembly");
            Path watched = Files.createDirectory(folder.resolve("watched"));
            var metadata = new ArrayList<Path>();
            ProjectFolders.realInput().ifPresent(real -> metadata
                    .addAll(List.of(real.resolve("enterprise-erp"), real.resolve("project-tracker"))));
            metadata.add(ProjectFolders.permissions());
            metadata.add(watched);
            return new Fixture(ServerProcess.start(folder.resolve("home"), true, metadata), folder, watched);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
