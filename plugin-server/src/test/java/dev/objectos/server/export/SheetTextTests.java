package dev.objectos.server.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts in cells of spreadsheets. */
final class SheetTextTests {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain_text", "a\r\nb", "\rx", "\u0001\u001f", "tab\there", "_x000D_", "_x005F_x000D_",
            "__x000D__",
            "$1 \\ _x0024_", "😀_x_"})
    void comesBackAsItWas(String text) {
        assertThat(SheetText.plain(SheetText.escaped(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"_x000D_,_x005F_x000D_", "a_x_b,a_x_b", "_x005f_,_x005F_x005f_"})
    void writesWhatCouldBeMistaken(String text, String cell) {
        assertThat(SheetText.escaped(text)).isEqualTo(cell);
        assertThat(SheetText.escaped("\r")).isEqualTo("_x000D_");
    }
}
