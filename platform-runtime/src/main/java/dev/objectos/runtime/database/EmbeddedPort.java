package dev.objectos.runtime.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port of the embedded PostgreSQL: the same at every start, as long as nobody else has taken it. */
final class EmbeddedPort {

    private EmbeddedPort() {}

    /** The port that the file names, or a free one, which the file names from now on. */
    static int of(Path file) throws IOException {
        if (Files.exists(file)) {
            String kept = Files.readString(file).strip();
            if (kept.matches("\\d{4,5}") && isFree(Integer.parseInt(kept))) {
                return Integer.parseInt(kept);
            }
        }
        int port = free();
        Files.writeString(file, Integer.toString(port));
        return port;
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
