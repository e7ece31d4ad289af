package dev.objectos.runtime.plugin.manifest;

import java.util.Locale;

/** What a manifest may list below {@code provides}. */
public enum ContentType {

    OBJECTS("object"), PERMISSIONS("permission"), WORKFLOWS("workflow"), TRIGGERS("trigger"), APIS(
            "api"), TRANSLATIONS("translation"), DATA("data");

    private final String metadataType;

    ContentType(String metadataType) {
        this.metadataType = metadataType;
    }

    /** As the manifest spells it, which is also the folder. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of the metadata, such as {@code object}. */
    public String metadataType() {
        return metadataType;
    }
}
