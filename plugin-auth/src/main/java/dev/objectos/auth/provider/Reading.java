package dev.objectos.auth.provider;

import dev.objectos.runtime.metadata.SourceLocation;
import dev.objectos.runtime.metadata.Violation;
import dev.objectos.runtime.metadata.Violation.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One reading of {@code auth.config.yml}: what was found wrong, where, and what is unusable because of it. */
final class Reading {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?}");

    private final Function<String, @Nullable String> variables;
    private final BiFunction<String, Collection<String>, String> spelling;
    private final List<Violation> violations = new ArrayList<>();
    private final Set<String> spoiled = new HashSet<>();
    private final List<Section> sections = new ArrayList<>();
    private final List<RoleMention> roles = new ArrayList<>();

    /**
     * @param variables value of an environment variable; null where it is not set
     * @param spelling "did you mean …?" for a word among known ones, or nothing
     */
    Reading(Function<String, @Nullable String> variables, BiFunction<String, Collection<String>, String> spelling) {
        this.variables = variables;
        this.spelling = spelling;
    }

    /** Another reading of the same files, which knows already what is unusable. */
    Reading again() {
        var again = new Reading(variables, spelling);
        again.spoiled.addAll(spoiled);
        return again;
    }

    boolean flawless() {
        return violations.stream().noneMatch(Violation::isError);
    }

    void add(Violation violation) {
        violations.add(violation);
    }

    void opened(Section section) {
        sections.add(section);
    }

    void error(String path, SourceLocation where, String message, String suggestion) {
        violations.add(new Violation(Severity.ERROR, where, "auth", "auth", message, suggestion));
        spoiled.add(path);
    }

    void warning(SourceLocation where, String message, String suggestion) {
        violations.add(new Violation(Severity.WARNING, where, "auth", "auth", message, suggestion));
    }

    /** What is at the path is unusable without being wrong. */
    void off(String path, SourceLocation where, String message, String suggestion) {
        warning(where, message, suggestion);
        spoiled.add(path);
    }

    /** Whether nothing at the path or below it is wrong or lacks a variable. */
    boolean usable(String path) {
        return spoiled.stream().noneMatch(at -> at.equals(path) || at.startsWith(path + "."));
    }

    /** The text with every variable's value; null where one has none, which makes its section unusable without being wrong. */
    @Nullable
    String resolved(String section, String text, SourceLocation where) {
        var result = new StringBuilder();
        Matcher variable = VARIABLE.matcher(text);
        while (variable.find()) {
            String name = variable.group(1).strip();
            String value = variables.apply(name);
            if (value == null || value.isBlank()) {
                value = variable.group(2);
            }
            if (value == null) {
                off(section, where, section + " is off: the variable " + name + " is not set",
                        "set it in the environment, or take the section out");
                return null;
            }
            variable.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(result).toString();
    }

    String suggest(String written, Collection<String> known) {
        return spelling.apply(written, known);
    }

    /** The section gives people a role. */
    void mention(String path, String role, SourceLocation where) {
        roles.add(new RoleMention(path, role, where));
    }

    List<RoleMention> roles() {
        return List.copyOf(roles);
    }

    /** Reports what nobody has asked for. */
    void finish() {
        List.copyOf(sections).forEach(Section::reportUnknown);
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }
}
