package dev.objectos.runtime.configuration;

import java.util.List;

/** Settings that a server cannot be run with. */
public final class UnusableSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** @param problems each with file, line and what is wrong */
    UnusableSettingsException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
