package dev.objectos.auth.scope;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.Catalog;
import dev.objectos.runtime.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a credential is limited to. They narrow what its owner may do and never widen it:
 * <ul>
 * <li>{@code data:read}, {@code data:write}: records of every object
 * <li>{@code data:<object>:read}, {@code data:<object>:write}: records of that object
 * <li>{@code metadata:read}, {@code metadata:write}: what describes the application
 * <li>{@code admin}: whatever is neither records nor metadata
 * <li>{@code *}: everything
 * </ul>
 * Whoever may write may read the same.
 *
 * @param names null: no limit
 */
public record Scopes(@Nullable Set<String> names) {

    public static final String EVERYTHING = "*";
    public static final String ADMINISTRATION = "admin";
    public static final String METADATA_READ = "metadata:read";
    public static final String METADATA_WRITE = "metadata:write";
    public static final String DATA_READ = "data:read";

    private static final String DATA = "data:";
    private static final String DATA_WRITE = "data:write";
    private static final String READ = ":read";
    private static final String WRITE = ":write";
    private static final Pattern FORM = Pattern
            .compile(
                    "\\*|admin|(?:data|metadata):(?:read|write)|data:(?<object>[A-Za-z][A-Za-z0-9_]{0,62}):(?:read|write)");

    public Scopes {
        names = names == null ? null : Set.copyOf(names);
    }

    public static Scopes of(Session session) {
        return new Scopes(session.scopes());
    }

    /**
     * What somebody has asked for.
     *
     * @param wanted null: no limit
     * @throws PlatformException {@code VALIDATION_FAILED} naming everything in it that is no scope
     */
    public static Scopes read(@Nullable Collection<String> wanted, Catalog catalog) {
        if (wanted == null) {
            return new Scopes(null);
        }
        var wrong = new ArrayList<FieldError>();
        for (String scope : wanted) {
            Matcher form = FORM.matcher(scope);
            if (!form.matches()) {
                wrong.add(new FieldError("scopes", "invalid_scope", "\"" + scope + "\" is no scope; write data:read, "
                        + "data:write, data:<object>:read, data:<object>:write, metadata:read, metadata:write, admin or *"));
            } else if (form.group("object") != null && catalog.object(form.group("object")).isEmpty()) {
                wrong.add(new FieldError("scopes", "unknown_object",
                        "\"" + scope + "\" names an object that does not exist"));
            }
        }
        if (wanted.isEmpty()) {
            wrong.add(new FieldError("scopes", "required",
                    "scopes are empty, which allows nothing; leave them out for no limit"));
        }
        if (!wrong.isEmpty()) {
            throw PlatformException.validation(wrong);
        }
        return new Scopes(Set.copyOf(wanted));
    }

    /** As they are stored; null: no limit. */
    public @Nullable String text() {
        return names == null ? null : String.join(" ", new TreeSet<>(names));
    }

    public static Scopes ofText(@Nullable String text) {
        return new Scopes(text == null ? null : Set.of(text.split(" ")));
    }

    public boolean unlimited() {
        return names == null || names.contains(EVERYTHING);
    }

    /** Whether what the scope stands for is allowed. */
    public boolean allows(String scope) {
        Set<String> granted = names;
        return granted == null || granted.contains(EVERYTHING) || granted.contains(scope)
                || implying(scope).stream().anyMatch(granted::contains);
    }

    /** The wider scopes that a scope is part of. */
    private static List<String> implying(String scope) {
        boolean read = scope.endsWith(READ);
        String writing = read ? scope.substring(0, scope.length() - READ.length()) + WRITE : scope;
        if (!scope.startsWith(DATA)) {
            return List.of(writing);
        }
        return read ? List.of(writing, DATA_READ, DATA_WRITE) : List.of(DATA_WRITE);
    }

    /** Whether everything that the other ones allow is allowed by these too. */
    public boolean cover(Scopes other) {
        return unlimited() || other.names != null && other.names.stream().allMatch(this::allows);
    }

    public boolean readsRecordsOf(String object) {
        return allows(DATA + object + READ);
    }

    public boolean writesRecordsOf(String object) {
        return allows(DATA + object + WRITE);
    }

    /** Whether there is some object whose records they allow. */
    public boolean concernRecords() {
        return unlimited() || names != null && names.stream().anyMatch(name -> name.startsWith(DATA));
    }

    /** Lets pass what the scope stands for. */
    public void require(String scope) {
        if (!allows(scope)) {
            throw lacking(scope);
        }
    }

    static PlatformException lacking(String scope) {
        return new PlatformException(RuntimeError.PERMISSION_DENIED,
                "This credential lacks the scope " + scope + "; use one that has it").with("scope", scope);
    }

    static PlatformException lackingRead(String object) {
        return lacking(DATA + object + READ).about(object);
    }

    static PlatformException lackingWrite(String object) {
        return lacking(DATA + object + WRITE).about(object);
    }
}
