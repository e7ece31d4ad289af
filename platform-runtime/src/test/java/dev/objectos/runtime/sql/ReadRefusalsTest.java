package dev.objectos.runtime.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadRefusalsTest {

    @ParameterizedTest
    @CsvSource({"57014,UNAVAILABLE", "08006,UNAVAILABLE", "57P01,UNAVAILABLE", "53300,UNAVAILABLE", "40001,UNAVAILABLE",
            "22003,INVALID_QUERY", "22P02,INVALID_QUERY", "22008,INVALID_QUERY", "54001,INVALID_QUERY",
            "54000,PAYLOAD_TOO_LARGE", "42601,INTERNAL", "42501,INTERNAL"})
    void tellsWhoseFaultItIs(String state, RuntimeError code) {
        PlatformException refusal = ReadRefusals.of(new SQLException("relation \"data.accounts\"", state), "accounts");

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).doesNotContain("relation", "data.");
        assertThat(refusal.object()).isEqualTo("accounts");
    }

    @Test
    void isUnavailableWhereNoConnectionIsToBeHad() {
        assertThat(ReadRefusals.of(new SQLTransientConnectionException("pool"), "accounts").code())
                .isEqualTo(RuntimeError.UNAVAILABLE);
    }
}
