package dev.objectos.auth.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which scope is part of which. */
final class ScopesTest {

    @ParameterizedTest
    @CsvSource({"*,data:read", "*,admin", "*,*", "data:read,data:contacts:read", "data:write,data:contacts:read",
            "data:write,data:contacts:write", "data:write,data:read", "data:contacts:write,data:contacts:read",
            "metadata:write,metadata:read", "admin,admin", "data:contacts:read,data:contacts:read"})
    void allowWhatIsPartOfThem(String granted, String asked) {
        assertThat(Scopes.ofText(granted).allows(asked)).isTrue();
        assertThat(Scopes.ofText(granted).cover(Scopes.ofText(asked))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"data:read,data:contacts:write", "data:read,data:write", "data:contacts:read,data:read",
            "data:contacts:write,data:write", "data:contacts:write,data:contact:read", "admin,data:read", "admin,*",
            "metadata:read,metadata:write", "data:write,metadata:read", "metadata:write,data:read",
            "data:read,admin", "data:write,*", "data:metadata:write,metadata:write"})
    void allowNothingElse(String granted, String asked) {
        assertThat(Scopes.ofText(granted).allows(asked)).isFalse();
        assertThat(Scopes.ofText(granted).cover(Scopes.ofText(asked))).isFalse();
    }

    @Test
    void withoutALimitAreCoveredByNoneWithOne() {
        assertThat(new Scopes(null).cover(Scopes.ofText("* admin"))).isTrue();
        assertThat(Scopes.ofText("data:write admin metadata:write").cover(new Scopes(null))).isFalse();
        assertThat(new Scopes(Set.of()).allows("data:read")).isFalse();
    }
}
