package dev.objectos.server;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The surface over records that only write down what they are asked, started for each class of tests. */
abstract class SurfaceServer {

    @SuppressWarnings("NullAway.Init")
    static TestingHttp http;

    @BeforeAll
    static void start() {
        http = TestingHttp.start();
    }

    @AfterAll
    static void stop() {
        http.close();
    }
}
