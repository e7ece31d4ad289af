package dev.objectos.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.auth.limit.RequestLimits.Caller;
import dev.objectos.auth.limit.RequestLimits.Kind;
import dev.objectos.auth.limit.RequestLimits.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counting, at a time that the test sets. */
final class RequestLimitsTest {

    private static final Caller ADA = new Caller(Kind.USER, "ada");

    private final TestingTime time = new TestingTime();
    private final RequestLimits limits = new RequestLimits(
            new LimitProperties(100, 60, 10, 1_000, Duration.ofSeconds(1)), time);

    @Test
    void admitAsMuchAsThereIsAndThenOneAfterTheOther() {
        for (int i = 59; i >= 0; i--) {
            Verdict verdict = limits.count(ADA);
            assertThat(verdict.admitted()).isTrue();
            assertThat(verdict.remaining()).isEqualTo(i);
            assertThat(verdict.limit()).isEqualTo(60);
        }
        Verdict refused = limits.count(ADA);
        assertThat(refused.admitted()).isFalse();
        assertThat(refused.seconds()).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(limits.count(ADA).admitted()).isTrue();
        assertThat(limits.count(ADA).admitted()).isFalse();
        time.advance(Duration.ofMinutes(2));
        assertThat(limits.count(ADA).remaining()).isEqualTo(59);
    }

    @Test
    void countEachCallerAlone() {
        Caller key = new Caller(Kind.KEY, "ada");
        for (int i = 0; i < 10; i++) {
            assertThat(limits.count(key).admitted()).isTrue();
        }
        assertThat(limits.count(key).admitted()).isFalse();
        assertThat(limits.count(new Caller(Kind.KEY, "bob")).admitted()).isTrue();
        assertThat(limits.count(ADA).admitted()).isTrue();
    }

    @Test
    void changeWhileTheyCount() {
        limits.count(ADA);
        limits.limit(new LimitProperties(100, 60, 10, 1_000, Duration.ofSeconds(1)));
        assertThat(limits.count(ADA).remaining()).as("the same as before").isEqualTo(58);
        limits.limit(new LimitProperties(100, 1, 10, 1_000, Duration.ofSeconds(1)));
        assertThat(limits.count(ADA).admitted()).isTrue();
        assertThat(limits.count(ADA).admitted()).isFalse();
    }

    @Test
    void areNewsOnceAMinute() {
        Caller key = new Caller(Kind.KEY, "eve");
        for (int i = 0; i < 10; i++) {
            assertThat(limits.count(key).news()).isFalse();
        }
        assertThat(limits.count(key).news()).isTrue();
        assertThat(limits.count(key).news()).isFalse();
        for (int second = 0; second < 59; second++) {
            time.advance(Duration.ofSeconds(1));
            limits.count(key);
        }
        time.advance(Duration.ofSeconds(1));
        assertThat(limits.count(key).admitted()).as("there is one more each six seconds").isTrue();
        assertThat(limits.count(key).news()).isTrue();
    }

    @Test
    void arePositive() {
        assertThatThrownBy(() -> new LimitProperties(1, 0, 1, 1, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("objectos.auth.limits");
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7,203.0.113.7", "2001:db8:1:2:3:4:5:6,2001:db8:1:2", "2001:db8:0:0:0:0:0:1,2001:db8:0:0",
            "0:0:0:0:0:0:0:1,0:0:0:0", "::1,::1", "2001:db8::1,2001:db8::1"})
    void takeANetworkForOneCaller(String address, String network) {
        assertThat(AddressLimitFilter.network(address)).isEqualTo(network);
    }
}
