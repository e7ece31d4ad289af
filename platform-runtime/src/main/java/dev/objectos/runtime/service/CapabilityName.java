package dev.objectos.runtime.service;

import java.lang.reflect.Modifier;
import java.util.regex.Pattern;

/** What a service is called, as manifests write it: lower-case words joined by dots or dashes, such as {@code mail.send}. */
final class CapabilityName {

    private static final int LONGEST = 100;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]*(?:\\.[a-z][a-z0-9_-]*)*");

    private CapabilityName() {}

    static void require(String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of a capability: write lower-case words "
                    + "joined by dots, such as mail.send");
        }
    }

    /** Plugins meet at a type that both see, and calls are watched through it. */
    static void requireContract(Class<?> type) {
        if (!type.isInterface() || !Modifier.isPublic(type.getModifiers())) {
            throw new IllegalArgumentException(type.getName() + " cannot be a service: it must be a public interface");
        }
    }
}
