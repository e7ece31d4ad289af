package dev.objectos.runtime.metadata;

/** What is switched on for an object ({@code enable:}). */
public record ObjectFeatures(boolean audit, boolean trash, boolean search, boolean api, boolean history) {

    public static final ObjectFeatures DEFAULT = new ObjectFeatures(true, true, true, true, true);
}
