package dev.objectos.server.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted in the text of a document before it is parsed. */
class DocumentTextTests {

    private static final GraphQlProperties LIMITS = new GraphQlProperties(15, 2000, 2, 2, 50, 2_000_000, 10, null);

    @ParameterizedTest
    @ValueSource(strings = {
            "{a:x b:x c:x}",
            "{a :x b: x c\n:\nx}",
            "{x(where:{a:1}) {a:x b:x} c:x}",
            "query($v: Int) {a:x} fragment f on y {b:x c:x}",
            "{x(t:\"\\\")\") a:x b:x c:x}",
            "{x(t:\"\"\") \\\"\"\" ( \"\"\") a:x b:x c:x}",
            "{a:x b:x # ) c:x\r c:x}"})
    void refusesMoreAliasesThanAreAllowed(String document) {
        assertThatThrownBy(() -> DocumentText.check(document, LIMITS)).isInstanceOfSatisfying(PlatformException.class,
                refusal -> assertThat(refusal.code())
                        .isEqualTo(RuntimeError.INVALID_QUERY))
                .hasMessageContaining("aliases");
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{a:x b:x}",
            "query($a: Int, $b: Int, $c: Int = 1) {x(a:1 b:2 c:{d:3 e:4}) {a:x b:x}}",
            "{x(t:\"a:b:c:d\" u:\"\"\"a:b:c \\\"\"\" d:e\"\"\") a:x b:x}",
            "{a:x b:x # c:d e:f @g @h @i\n}",
            "{x(t:\"@ @ @\") @include(if:true) @skip(if:false)}",
            "{x(t:\"unterminated",
            "{x(t:\"\"\"unterminated \\\"\"\"",
            "{x(t:\"\\",
            "",
            ")))"})
    void leavesAloneWhatIsNoAlias(String document) {
        assertThatCode(() -> DocumentText.check(document, LIMITS)).doesNotThrowAnyException();
    }

    @Test
    void refusesMoreDirectivesThanAreAllowed() {
        assertThatThrownBy(() -> DocumentText.check("query($a: Int @a) {x @b y @c}", LIMITS))
                .isInstanceOf(PlatformException.class).hasMessageContaining("directives");
    }
}
