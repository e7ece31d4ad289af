package dev.objectos.runtime.plugin.manifest;

import dev.objectos.runtime.metadata.yaml.CheckedDocument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which settings a plugin has. */
record SettingsReader(CheckedDocument document) {

    private static final String KEY = "settings";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    List<SettingDefinition> read() {
        var settings = new ArrayList<SettingDefinition>();
        for (String name : document.keys(KEY)) {
            if (!NAME.matcher(name).matches()) {
                document.error(document.whereKey(KEY, name),
                        "'" + Version.shortened(name) + "' is no name of a setting",
                        "write lower-case words joined by dashes, such as most-points");
            }
            settings.add(setting(name));
        }
        return settings;
    }

    private SettingDefinition setting(String name) {
        String type = document.text(KEY, name, "type");
        List<String> options = document.texts(KEY, name, "options");
        var setting = new SettingDefinition(name,
                type == null ? SettingType.TEXT : SettingType.valueOf(type.toUpperCase(Locale.ROOT)),
                document.flag(KEY, name, "required"), options, bound(name, "min"), bound(name, "max"), null);
        if (!options.isEmpty() && setting.type() != SettingType.TEXT) {
            document.error(document.where(KEY, name, "options"), "options are for texts", "write type: text");
        }
        return fallback(setting);
    }

    private @Nullable BigDecimal bound(String name, String which) {
        String text = document.text(KEY, name, which);
        if (text == null) {
            return null;
        }
        String type = document.text(KEY, name, "type");
        if (!"integer".equals(type) && !"number".equals(type)) {
            document.error(document.where(KEY, name, which), which + " is for integers and numbers",
                    "write type: integer or type: number, or remove it");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException _) {
            // The table of keys has said so already.
            return null;
        }
    }

    private SettingDefinition fallback(SettingDefinition setting) {
        String name = setting.name();
        if (!document.keys(KEY, name).contains("default")) {
            return setting;
        }
        String text = document.text(KEY, name, "default");
        try {
            if (text == null) {
                throw new IllegalArgumentException("the default must be a single value");
            }
            return setting.withFallback(setting.parse(text));
        } catch (IllegalArgumentException e) {
            document.error(document.where(KEY, name, "default"), String.valueOf(e.getMessage()),
                    "write a value that the setting may have");
            return setting;
        }
    }
}
