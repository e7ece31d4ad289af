package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.metadata.TestingCatalogs;
import dev.objectos.runtime.query.Batch;
import dev.objectos.runtime.query.BatchResult;
import dev.objectos.runtime.query.Mutation;
import dev.objectos.runtime.query.Mutation.Update;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Records that stand below others of their object, and none below itself. */
class TreeWritesTest {

    private static final int ROUNDS = 20;

    @SuppressWarnings("NullAway.Init")
    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.over("trees", TestingCatalogs.ofFiles(Map.of("places.object.yml", """
                fields:
                  name: {type: text, required: true}
                  parent: {type: tree}
                  near: {type: lookup, reference_to: places}
                """)));
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    private static UUID place(String name, UUID parent) {
        return writes.create("places", values("name", name, "parent", parent)).id();
    }

    private static UUID place(String name) {
        return writes.create("places", values("name", name)).id();
    }

    private static void assertRefused(UUID moved, UUID parent) {
        PlatformException refusal = refusal(() -> writes.update("places", moved, values("parent", parent)));
        assertThat(refusal.code()).isEqualTo(RuntimeError.VALIDATION_FAILED);
        assertThat(refusal.fields()).extracting(FieldError::field).containsExactly("parent");
        assertThat(refusal.fields()).extracting(FieldError::code).containsExactly("circular");
    }

    @Test
    void noRecordStandsBelowItself() {
        UUID country = place("country");
        UUID city = place("city", country);
        UUID street = place("street", city);
        assertRefused(country, country);
        assertRefused(country, street);
        assertThat(writes.row("places", country)).containsEntry("parent", null);
        writes.update("places", street, values("parent", country));
        writes.update("places", city, values("parent", street));
        assertThat(writes.row("places", city)).containsEntry("parent", street.toString());
        assertRefused(street, city);
    }

    @Test
    void ofSeveralMovesTheOneThatClosesTheCircleIsRefused() {
        UUID one = place("one");
        UUID other = place("other");
        var moves = List.<Mutation>of(new Update("places", one, values("parent", other), null),
                new Update("places", other, values("parent", one), null));
        assertThat(writes.atomic(moves).outcomes()).extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("RolledBack", "Refused");
        BatchResult result = writes.pipeline().batch(new Batch(moves, false, true, false), writes.session());
        assertThat(result.outcomes()).extracting(outcome -> outcome.getClass().getSimpleName()).containsExactly("Done",
                "Refused");
        assertThat(writes.row("places", other)).containsEntry("parent", null);
    }

    @Test
    void otherReferencesMayLeadBack() {
        UUID here = place("here");
        writes.update("places", here, values("near", here));
        assertThat(writes.row("places", here)).containsEntry("near", here.toString());
    }

    @Test
    void twoWhoMoveAtOnceMakeNoCircleTogether() throws Exception {
        try (var threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                UUID one = place("one");
                UUID other = place("other");
                var together = new CyclicBarrier(2);
                List<Future<Boolean>> moves = List.of(threads.submit(() -> moves(together, one, other)),
                        threads.submit(() -> moves(together, other, one)));
                assertThat(moves.get(0).get()).isNotEqualTo(moves.get(1).get());
            }
        }
    }

    private static boolean moves(CyclicBarrier together, UUID moved, UUID parent) throws Exception {
        together.await();
        try {
            writes.update("places", moved, values("parent", parent));
            return true;
        } catch (PlatformException e) {
            assertThat(e.fields()).extracting(FieldError::code).containsExactly("circular");
            return false;
        }
    }
}
