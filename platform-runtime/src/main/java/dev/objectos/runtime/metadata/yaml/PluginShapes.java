package dev.objectos.runtime.metadata.yaml;

import static dev.objectos.runtime.metadata.yaml.Value.any;
import static dev.objectos.runtime.metadata.yaml.Value.dictionary;
import static dev.objectos.runtime.metadata.yaml.Value.either;
import static dev.objectos.runtime.metadata.yaml.Value.flag;
import static dev.objectos.runtime.metadata.yaml.Value.list;
import static dev.objectos.runtime.metadata.yaml.Value.names;
import static dev.objectos.runtime.metadata.yaml.Value.nested;
import static dev.objectos.runtime.metadata.yaml.Value.number;
import static dev.objectos.runtime.metadata.yaml.Value.oneOrMany;
import static dev.objectos.runtime.metadata.yaml.Value.text;
import static dev.objectos.runtime.metadata.yaml.Value.whole;
import static dev.objectos.runtime.metadata.yaml.Value.words;

/** The keys of a plugin's manifest, and of the file that says which publisher's key is trusted. */
final class PluginShapes {

    private static final Shape REQUIREMENT = Shape.strict("a requirement", //
            Key.of("version", text(), "range").needed().says("A range of versions, such as ^1.2.0"), //
            Key.of("optional", flag()).says("Whether the plugin also works without it"));

    private static final Shape PROVIDES = Shape.of("provides", //
            Key.of("objects", names()), //
            Key.of("permissions", names()), //
            Key.of("workflows", names()), //
            Key.of("triggers", names()), //
            Key.of("apis", names()), //
            Key.of("translations", names()).says("Locales, such as en"), //
            Key.of("data", names()));

    private static final Shape CAPABILITIES = Shape.strict("capabilities", //
            Key.of("offers", dictionary(text()), "offered").says("Name and version of each"), //
            Key.of("needs", requirements(), "needed").says("Name and range of versions of each"));

    private static final Shape PERMISSIONS = Shape.strict("permissions", //
            Key.of("network", names()).says("Hosts, such as api.example.com:443 or *.example.com"), //
            Key.of("files", names()).says("Paths below the plugin's own folder"), //
            Key.of("objects", dictionary(oneOrMany(words("read", "create", "update", "delete"))))
                    .says("Objects of others, with what is done to them"), //
            Key.of("secrets", names()).says("Names of the secrets that it reads"), //
            Key.of("ports", oneOrMany(whole(1, 65_535)))
                    .says("Ports at which the server listens for the protocols that it speaks"));

    private static final Shape LIMITS = Shape.strict("limits", //
            Key.of("concurrency", whole(1, 256)).says("Handlers that run at the same time"), //
            Key.of("handlerTime", text(), "handler_time").says("How long one handler may run, such as 5s"), //
            Key.of("queue", whole(0, 1_000_000)).says("Calls that may wait"), //
            Key.of("storage", text()).says("What it may keep, such as 50MB"), //
            Key.of("databaseTime", text(), "database_time").says("How long one statement may take, such as 2s"));

    private static final Shape SETTING = Shape.strict("a setting", //
            Key.of("type", words("text", "integer", "number", "boolean", "duration")), //
            Key.of("default", any()).says("What holds where an administrator has set nothing"), //
            Key.of("required", flag()).says("Whether the plugin cannot run without it"), //
            Key.of("options", names()).says("The only values of a text"), //
            Key.of("min", number()), //
            Key.of("max", number()), //
            Key.of("description", text()).descriptive());

    static final Shape MANIFEST = Shape.of("a plugin", //
            Key.of("id", text()).needed().says("Lower-case words joined by dashes, unique on a server"), //
            Key.of("name", text()).says("What people read"), //
            Key.of("version", text()).needed().says("Semantic version, such as 1.4.0-rc.1"), //
            Key.of("description", text()), //
            Key.of("publisher", text()).says("Who answers for it; the key that signs it belongs to them"), //
            Key.of("homepage", text()).descriptive(), //
            Key.of("license", text()).descriptive(), //
            Key.of("tier", words("system", "business", "community", "free", "basic", "pro"))
                    .says("A pro plugin runs signed or not at all"), //
            Key.of("dependencies", requirements()).says("Plugin ids with ranges of versions"), //
            Key.of("provides", nested(() -> PROVIDES)).says("What is in the package, by name or path"), //
            Key.of("capabilities", nested(() -> CAPABILITIES)), //
            Key.of("hooks", oneOrMany(words("onInstall: install", "onLoad: load", "onEnable: enable",
                    "onDisable: disable", "onUpgrade: upgrade", "onUninstall: uninstall"))), //
            Key.of("permissions", nested(() -> PERMISSIONS)), //
            Key.of("limits", nested(() -> LIMITS)), //
            Key.of("settings", dictionary(nested(() -> SETTING)))
                    .says("What an administrator may set for it, by name"), //
            Key.of("isolation", words("in-process: in_process, inProcess",
                    "out-of-process: out_of_process, outOfProcess, process, container")), //
            Key.of("profiles", oneOrMany(words("embedded", "lite", "full", "cloud")))
                    .says("Where it runs; everywhere if absent"))
            .describing("keywords", "icon", "category", "repository", "authors");

    static final Shape TRUSTED_KEY = Shape.strict("a trusted key", //
            Key.of("keyId", text(), "key_id").needed(), //
            Key.of("publisher", text()).needed(), //
            Key.of("publicKey", text(), "public_key").needed(), //
            Key.of("validFrom", text(), "valid_from"), //
            Key.of("validUntil", text(), "valid_until"), //
            Key.of("revoked", flag()), //
            Key.of("comment", text()).descriptive());

    static final Shape TRUSTED_KEYS = Shape.strict("trusted keys",
            Key.of("keys", list(nested(() -> TRUSTED_KEY))).needed());

    private PluginShapes() {}

    private static Value requirements() {
        return dictionary(either(nested(() -> REQUIREMENT), text()));
    }
}
