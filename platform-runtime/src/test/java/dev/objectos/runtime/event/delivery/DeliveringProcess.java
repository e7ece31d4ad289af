package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.database.DatabaseBootstrap;
import dev.objectos.runtime.database.DatabaseProperties;
import dev.objectos.runtime.database.TestingDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;

/** A JVM that delivers events until it is killed. */
final class DeliveringProcess {

    private static final String URL = "TESTING_DATABASE_URL";
    private static final String USER = "TESTING_DATABASE_USER";
    private static final String PASSWORD = "TESTING_DATABASE_PASSWORD";
    private static final String ROLES = "TESTING_DATABASE_ROLES";

    private DeliveringProcess() {}

    /** Starts one on a database of this JVM's server. */
    static Process start(String database) throws IOException {
        DatabaseProperties address = TestingDatabase.address(database);
        var builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), DeliveringProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(URL, String.valueOf(address.url()));
        builder.environment().put(USER, String.valueOf(address.user()));
        builder.environment().put(PASSWORD, String.valueOf(address.password()));
        builder.environment().put(ROLES, String.valueOf(address.rolePrefix()));
        return builder.start();
    }

    /** How it delivers, and whoever takes over from it. */
    static EventProperties properties() {
        return TestingEvents.properties("backoff", "50ms", "timeout", "1s", "lease", "6s");
    }

    public static void main(String[] arguments) throws InterruptedException {
        DatabaseProperties like = DatabaseProperties.at(variable(URL), variable(USER), variable(PASSWORD));
        var databases = DatabaseBootstrap.open(new DatabaseProperties(like.url(), like.user(), like.password(),
                variable(ROLES), like.pools(), like.statementTimeout(), like.startupWait()));
        new EventDispatcher(databases.worker(), databases.direct(), EffectSubscriber.all(databases.worker()),
                properties(), new CommitSignal(), DeliveryGuard.OPEN, new SimpleMeterRegistry(), Clock.systemUTC())
                .start();
        Thread.currentThread().join();
    }

    private static String variable(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
