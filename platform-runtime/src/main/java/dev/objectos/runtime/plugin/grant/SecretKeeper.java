package dev.objectos.runtime.plugin.grant;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.session.SystemPermission;
import dev.objectos.runtime.session.UserIdentity;
import dev.objectos.runtime.spi.PluginSecretAdministration;
import dev.objectos.runtime.spi.SecurityEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Sets the secrets that plugins ask for, and tells of it. */
public final class SecretKeeper implements PluginSecretAdministration {

    private static final int LONGEST = 64 << 10;

    private final SecretTable table;
    private final Function<String, Optional<Set<String>>> asked;
    private final Consumer<SecurityEvent> events;
    private final Clock clock;

    /**
     * @param asked the names that a plugin asks for; empty where there is no such plugin
     * @param events told who has changed which secret, and never to what
     */
    public SecretKeeper(SecretTable table, Function<String, Optional<Set<String>>> asked,
            Consumer<SecurityEvent> events, Clock clock) {
        this.table = table;
        this.asked = asked;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<Secret> secrets(String plugin, Session session) {
        requireRight(session);
        Map<String, Secret> set = table.all(plugin);
        return names(plugin).stream().sorted().map(name -> set.getOrDefault(name, new Secret(name, null, null)))
                .toList();
    }

    @Override
    public Secret set(String plugin, String name, String value, Session session) {
        requireRight(session);
        requireAsked(plugin, name);
        if (value.isEmpty() || value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw PlatformException
                    .validation(List.of(new FieldError("value", value.isEmpty() ? "required" : "too_long",
                            "A secret has at least one character and at most " + LONGEST + " bytes")));
        }
        Secret secret = table.set(plugin, name, value, session.userId(), clock.instant());
        tell("plugin-secret.set", plugin, name, session);
        return secret;
    }

    @Override
    public boolean clear(String plugin, String name, Session session) {
        requireRight(session);
        requireAsked(plugin, name);
        boolean cleared = table.clear(plugin, name);
        if (cleared) {
            tell("plugin-secret.cleared", plugin, name, session);
        }
        return cleared;
    }

    private static void requireRight(Session session) {
        session.require(SystemPermission.MANAGE_PLUGINS, "The secrets of plugins are set by who may manage plugins");
    }

    private void requireAsked(String plugin, String name) {
        Set<String> names = names(plugin);
        if (!names.contains(name)) {
            throw new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                    "The plugin " + plugin + " asks for no secret '"
                            + name + "'" + (names.isEmpty()
                                    ? "; its manifest names none under permissions.secrets"
                                    : ", but for " + String.join(", ", names.stream().sorted().toList())));
        }
    }

    private Set<String> names(String plugin) {
        return asked.apply(plugin).orElseThrow(() -> new PlatformException(RuntimeError.RESOURCE_NOT_FOUND,
                "There is no added plugin " + plugin));
    }

    private void tell(String action, String plugin, String name, Session session) {
        UserIdentity impersonator = session.impersonator();
        events.accept(new SecurityEvent(action, clock.instant(), null, session.tenant(), session.userId(),
                impersonator == null ? null : impersonator.id(), null, null,
                Map.of("plugin", plugin, "secret", name)));
    }
}
