package dev.objectos.runtime.plugin.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

    /** The example of semver.org, in its order. */
    private static final List<String> PRECEDENCE = List.of("1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta",
            "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.1.0", "1.10.0", "2.0.0");

    @Test
    void ordersVersionsAsSemverDoes() {
        for (int i = 0; i < PRECEDENCE.size(); i++) {
            for (int j = 0; j < PRECEDENCE.size(); j++) {
                assertThat(Integer.signum(version(PRECEDENCE.get(i)).compareTo(version(PRECEDENCE.get(j)))))
                        .as(PRECEDENCE.get(i) + " and " + PRECEDENCE.get(j)).isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void buildMetadataDoesNotCount() {
        assertThat(version("1.0.0+a")).isEqualByComparingTo(version("1.0.0+b")).isNotEqualTo(version("1.0.0+b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0-a..b", "v1.0.0", "1.0.0 ", "1.0.0+",
            "1.0.0-ä", "99999999999999999999.0.0", "-1.0.0"})
    void refusesWhatIsNoVersion(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> version(text)).withMessageContaining("is no version");
    }

    @Property
    void writesWhatItRead(@ForAll("versions") Version version) {
        assertThat(Version.parse(version.toString())).isEqualTo(version);
    }

    @Property
    void theOrderIsTotal(@ForAll("versions") Version a, @ForAll("versions") Version b, @ForAll("versions") Version c) {
        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
        if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
            assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
        }
    }

    @Property
    void aReleaseIsAboveItsPreReleases(@ForAll("versions") Version version) {
        Version release = Version.release(version.major(), version.minor(), version.patch());
        assertThat(version.compareTo(release)).isEqualTo(version.isPreRelease() ? -1 : 0);
    }

    @ParameterizedTest
    @CsvSource({"^1.2.3,1.2.3,true", "^1.2.3,1.9.0,true", "^1.2.3,2.0.0,false", "^1.2.3,1.2.2,false",
            "^0.2.3,0.3.0,false", "^0.2.3,0.2.9,true", "^0.0.3,0.0.4,false", "^0.0.3,0.0.3,true", "^1,1.9.9,true",
            "^1,2.0.0,false", "^0,0.9.0,true", "^0,1.0.0,false", "^0.1,0.1.9,true", "^0.1,0.2.0,false",
            "^0.0,0.0.9,true", "^0.0,0.1.0,false", "~1.2.3,1.2.9,true", "~1.2.3,1.3.0,false", "~1.2,1.2.0,true",
            "~1,1.9.0,true", "~1,2.0.0,false", ">=1.2.3,9.0.0,true", ">= 1.2.3,1.2.2,false", ">1.2.3,1.2.3,false",
            ">1.2,1.2.9,false", ">1.2,1.3.0,true", "<=1.2,1.2.9,true", "<=1.2.3,1.2.4,false", "<2,1.9.9,true",
            "<2,2.0.0,false", "1.2.3,1.2.3,true", "=1.2.3,1.2.3+build,true", "1.2.3,1.2.4,false", "1.2,1.2.7,true",
            "1.x,1.7.0,true", "1.x,2.0.0,false", "1.2.*,1.2.5,true", "*,0.0.1,true", "*,1.0.0-rc.1,true",
            ">=1.0.0 <2.0.0,1.5.0,true", ">=1.0.0 <2.0.0,2.0.0,false", "^1.0.0 || ^3.0.0,3.1.0,true",
            "^1.0.0 || ^3.0.0,2.1.0,false", "^1.0.0,1.0.0-rc.1,false", "^1.0.0,2.0.0-alpha,false",
            "^1.0.0,1.1.0-beta,false", "^1.0.0-rc.1,1.0.0-rc.2,true", "^1.0.0-rc.2,1.0.0-rc.1,false",
            "^1.0.0-rc.1,1.0.0,true", "^1.0.0-rc.1,1.1.0-rc.2,false", "1.0.0-rc.1,1.0.0-rc.1,true"})
    void knowsWhatIsInARange(String range, String version, boolean contained) {
        assertThat(VersionRange.parse(range).contains(version(version))).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "latest", "1.2.3.4", "^", ">=", "^*", "1.x.3", "||", "1.0.0 ||", "1.0.0 - 2.0.0",
            "~>1.0", "!1.0.0", "^v1.0.0", "=>1.0.0", "1.0.0,2.0.0"})
    void refusesARangeThatIsNone(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> VersionRange.parse(text))
                .withMessageContaining("is no range of versions");
    }

    @Property
    void everyVersionIsInItsOwnRanges(@ForAll("versions") Version version) {
        for (String operator : List.of("", "=", "^", "~", ">=", "<=")) {
            assertThat(VersionRange.parse(operator + version).contains(version)).as(operator).isTrue();
        }
        assertThat(VersionRange.parse("<" + version).contains(version)).isFalse();
        assertThat(VersionRange.parse(">" + version).contains(version)).isFalse();
        assertThat(VersionRange.parse("<" + version + " || >=" + version).contains(version)).isTrue();
    }

    @Property
    void aCaretNeverLetsInABreakingVersion(@ForAll("versions") Version from, @ForAll("versions") Version other) {
        if (VersionRange.parse("^" + from).contains(other)) {
            assertThat(other.major()).isEqualTo(from.major());
            assertThat(other).isGreaterThanOrEqualTo(from);
            assertThat(from.major() > 0 || other.minor() == from.minor()).isTrue();
        }
    }

    @Provide
    Arbitrary<Version> versions() {
        Arbitrary<Long> number = Arbitraries.longs().between(0, 3);
        Arbitrary<String> identifier = Arbitraries.of("0", "1", "10", "alpha", "beta", "rc-1", "x2", "-");
        Arbitrary<List<String>> preRelease = identifier.list().ofMaxSize(3);
        Arbitrary<String> build = Arbitraries.of("", "", "001", "sha.5114f85");
        return Combinators.combine(number, number, number, preRelease, build).as(Version::new);
    }

    private static Version version(String text) {
        return Version.parse(text);
    }
}
