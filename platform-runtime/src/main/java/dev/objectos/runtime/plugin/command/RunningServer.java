package dev.objectos.runtime.plugin.command;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Which server the commands talk to, and as whom: what the environment says, else the server that runs on the data folder
 * and whoever has signed in there.
 *
 * @param home the data folder
 * @param environment the variables of the process
 */
record RunningServer(Path home, Map<String, String> environment) {

    /** Written by a server once it takes requests. */
    static final String ADDRESS = "server.address";

    /** Written by {@code ./objectos login}; for its owner alone. */
    static final String LOGIN = "login";

    private static final String DEFAULT_EMAIL = "admin@example.com";

    /** @throws ServerRefusedException where no server is known */
    URI address() {
        String url = set("OBJECTOS_URL");
        if (url == null) {
            url = local().orElseThrow(() -> new ServerRefusedException("no server has started on " + home
                    + "; start one with ./objectos run, or set OBJECTOS_URL to the address of another one"));
        }
        URI address;
        try {
            address = URI.create(url.replaceFirst("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new ServerRefusedException("'" + url + "' is no address of a server");
        }
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new ServerRefusedException("'" + url + "' is no address of a server; write http://HOST:PORT");
        }
        return address;
    }

    private Optional<String> local() {
        return read(ADDRESS).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The server with somebody signed in. */
    ServerClient signedIn() {
        URI address = address();
        String token = set("OBJECTOS_TOKEN");
        if (token == null) {
            token = login(address);
        }
        if (token != null) {
            return new ServerClient(address, token);
        }
        String password = set("OBJECTOS_ADMIN_PASSWORD");
        if (password == null) {
            throw new ServerRefusedException("nobody is signed in at " + address
                    + "; sign in with ./objectos login, or set OBJECTOS_TOKEN, or OBJECTOS_ADMIN_EMAIL and "
                    + "OBJECTOS_ADMIN_PASSWORD");
        }
        return ServerClient.signIn(address, email(), password);
    }

    String email() {
        String email = set("OBJECTOS_ADMIN_EMAIL");
        return email == null ? DEFAULT_EMAIL : email;
    }

    private @Nullable String login(URI address) {
        return read(LOGIN).map(RunningServer::properties)
                .filter(kept -> address.toString().equals(kept.getProperty("url")))
                .map(kept -> kept.getProperty("token")).orElse(null);
    }

    /** Keeps who is signed in, for the commands to come. */
    void keep(ServerClient client) throws IOException {
        var kept = new Properties();
        kept.setProperty("url", client.address().toString());
        kept.setProperty("token", client.token());
        var text = new StringWriter();
        kept.store(text, null);
        SafeFiles.replacePrivate(home.resolve(LOGIN), text.toString());
    }

    private static Properties properties(String text) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private Optional<String> read(String name) {
        Path file = home.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String set(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }
}
