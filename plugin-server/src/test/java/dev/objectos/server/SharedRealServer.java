package dev.objectos.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/** Gives tests one whole server, for each start costs as much as all that they ask of it. */
final class SharedRealServer implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestingHttp.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(SharedRealServer.class))
                .computeIfAbsent(Fixture.class, _ -> Fixture.start(), Fixture.class).http();
    }

    private record Fixture(TestingHttp http, Path home) implements AutoCloseable {

        static Fixture start() {
            try {
                Path home = Files.createTempDirectory("objectos-server");
                return new Fixture(RealServer.start(home, "server_http"), home);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            http.close();
            FileSystemUtils.deleteRecursively(home);
        }
    }
}
