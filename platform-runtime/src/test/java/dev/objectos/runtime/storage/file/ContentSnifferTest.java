package dev.objectos.runtime.storage.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentSnifferTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"<!DOCTYPE html><p>x|text/html", "'  <html><body>'|text/html",
            "<script>alert(1)</script>|text/html", "<svg xmlns='x'>|image/svg+xml",
            "<?xml version='1.0'?><!-- c --><svg>|image/svg+xml", "%PDF-1.7|application/pdf", "GIF89a|image/gif"})
    void tellsWhatBytesAre(String text, String type) {
        assertThat(ContentSniffer.sniff(text.getBytes(StandardCharsets.ISO_8859_1))).contains(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"MZ is a region", "plain, text", "{\"a\": 1}", "<?xml version='1.0'?><order/>",
            "''"})
    void tellsNothingOfText(String text) {
        assertThat(ContentSniffer.sniff(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"image/png,image/png,true", "image/png,text/html,false", "image/png,image/svg+xml,false",
            "image/jpeg,image/png,false", "application/octet-stream,image/png,true",
            "application/pdf,application/zip,false",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/zip,true",
            "text/html,text/html,true", "image/svg+xml,image/svg+xml,true", "text/csv,,true", "image/png,,false",
            "application/pdf,,false", "video/quicktime,video/mp4,true"})
    void comparesWhatIsSaidWithWhatIsThere(String declared, String sniffed, boolean agree) {
        assertThat(ContentSniffer.agree(declared, Optional.ofNullable(sniffed))).isEqualTo(agree);
    }

    @Test
    void knowsProgramsByTheirBytes() {
        assertThat(ContentSniffer.sniff(new byte[]{'M', 'Z', 0, 1})).contains(ContentSniffer.PROGRAM);
        assertThat(ContentSniffer.agree("image/png", Optional.of(ContentSniffer.PROGRAM))).isFalse();
    }
}
