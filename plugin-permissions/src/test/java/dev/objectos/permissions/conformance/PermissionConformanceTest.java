package dev.objectos.permissions.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Every path agrees with the model, for random permissions, records and requests: 2,000 cases in a build, of which 400 are no
 * single questions, and as many as {@code -Dobjectos.permissions.requests} to each permission set where that is set; see also
 * {@link ConformanceRun}.
 */
class PermissionConformanceTest {

    /** Requests to each of the permission sets. */
    private static final int REQUESTS = Integer.getInteger("objectos.permissions.requests", 80);

    private static @Nullable PermissionHarness harness;

    @BeforeContainer
    static void open() {
        harness = PermissionHarness.open("permission_conformance");
    }

    @AfterContainer
    static void close() {
        harness().close();
    }

    private static PermissionHarness harness() {
        if (harness == null) {
            throw new IllegalStateException("the database is not there");
        }
        return harness;
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE)
    void agreesWithTheModel(@ForAll long seed) {
        assertThat(new ConformanceRun(harness()).difference(seed, REQUESTS)).isEmpty();
    }

    @Property(tries = 10, edgeCases = EdgeCasesMode.NONE)
    void agreesOnPagesExportsImportsTheBinChangesAndFiles(@ForAll long seed) {
        assertThat(new ConformanceRun(harness()).pathDifference(seed, REQUESTS / 2)).isEmpty();
    }

    @Property(tries = 6, edgeCases = EdgeCasesMode.NONE)
    void showsNothingOfHiddenValues(@ForAll long seed) {
        assertThat(new HiddenValues(harness()).difference(seed, REQUESTS / 2)).isEmpty();
    }
}
