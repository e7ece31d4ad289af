package dev.objectos.runtime.metadata;

/**
 * What a piece of metadata is called.
 *
 * @param type metadata type, such as {@code object} or {@code workflow}
 * @param name unique within the type
 */
public record ItemKey(String type, String name) {

    @Override
    public String toString() {
        return type + "/" + name;
    }
}
