package dev.objectos.auth.twofactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of RFC 6238 and RFC 4648, and what the time allows. */
final class TotpTest {

    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = Base32.encode(KEY);

    @ParameterizedTest
    @CsvSource({"59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037",
            "20000000000, 353130"})
    void makesTheCodesOfTheStandard(long second, String code) {
        assertThat(Totp.code(KEY, second / 30)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void writesBytesAsTheStandardDoes(String text, String written) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(Base32.encode(bytes)).isEqualTo(written);
        assertThat(Base32.decode(written)).isEqualTo(bytes);
    }

    @Test
    void readsNothingElse() {
        assertThatIllegalArgumentException().isThrownBy(() -> Base32.decode("M1"));
    }

    @Test
    void allowsForClocksThatDifferByOneStep() {
        Instant now = Instant.ofEpochSecond(1_111_111_111);
        long step = now.getEpochSecond() / 30;
        for (long near = step - 1; near <= step + 1; near++) {
            assertThat(Totp.step(SECRET, Totp.code(KEY, near), now, 0)).hasValue(near);
        }
        assertThat(Totp.step(SECRET, Totp.code(KEY, step - 2), now, 0)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(KEY, step + 2), now, 0)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(KEY, step), now, step)).as("used").isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(KEY, step - 1), now, step)).as("older than what was used").isEmpty();
        assertThat(Totp.step(SECRET, "", now, 0)).isEmpty();
    }

    @Test
    void tellsAuthenticatorsEverythingTheyNeed() {
        assertThat(Totp.uri("Acme & Co", "a+b@c.example", "SECRET"))
                .isEqualTo("otpauth://totp/Acme%20%26%20Co:a%2Bb%40c.example?secret=SECRET&issuer=Acme%20%26%20Co"
                        + "&algorithm=SHA1&digits=6&period=30");
        assertThat(Base32.decode(Totp.secret())).hasSize(20);
    }

    @Test
    void drawsAPictureThatHoldsNothingButShapes() {
        String svg = QrPicture.svg("otpauth://totp/x?secret=<script>");
        assertThat(svg).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"").doesNotContain("script", "secret")
                .containsPattern("M4,4h1v1h-1z").endsWith("</svg>");
    }
}
