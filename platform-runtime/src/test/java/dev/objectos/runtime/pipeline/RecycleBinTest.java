package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.refusal;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.FieldError;
import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Query;
import dev.objectos.runtime.query.TestingQuery;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.sql.WriteJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is deleted lies in the bin and nowhere else, until it goes for good. */
class RecycleBinTest {

    private static TestingBin bin;

    @BeforeAll
    static void publish() {
        bin = TestingBin.fresh("recycle_bin");
    }

    @AfterAll
    static void close() {
        bin.close();
    }

    @Test
    void freesUniqueValuesAndRefusesATakenOne() {
        UUID first = bin.create("firms", values("name", "First", "code", "U1"));
        bin.writes().delete("firms", first);
        UUID second = bin.create("firms", values("name", "Second", "code", "U1"));
        PlatformException taken = refusal(() -> bin.restore("firms", first));
        assertThat(taken.code()).isEqualTo(RuntimeError.UNIQUE_VIOLATION);
        assertThat(taken.fields()).extracting(FieldError::field).containsExactly("code");
        assertThat(bin.binned("firms", "name", "First")).hasSize(1);
        bin.writes().delete("firms", second);
        bin.restore("firms", first);
        assertThat(bin.count("firms", first)).isOne();
    }

    @Test
    void restrictsAsWithoutABin() {
        UUID firm = bin.create("firms", values("name", "Kept"));
        UUID person = bin.create("people", values("name", "P"));
        UUID deal = bin.create("deals", values("firm", firm.toString(), "person", person.toString()));
        assertThat(refusal(() -> bin.writes().delete("firms", firm)).code()).isEqualTo(RuntimeError.DELETE_RESTRICTED);
        bin.writes().delete("deals", deal);
        bin.writes().delete("firms", firm);
        assertThat(TestingWrites.parse(bin.restore("deals", deal))).containsEntry("firm", null);
    }

    @Test
    void listsFiltersSearchesAndOrdersLikeAnyList() {
        for (String name : List.of("Zeta bin", "Alpha bin", "Midway bin")) {
            bin.writes().delete("firms", bin.create("firms", values("name", name)));
        }
        bin.create("firms", values("name", "Living bin"));
        Query query = TestingQuery.of("firms").fields("name", "deleted_by.name")
                .where(TestingQuery.compare("name", Operator.ENDS_WITH, " bin")).sort("-deleted_at").limit(2)
                .search("bin").count().build();
        Map<?, ?> page = (Map<?, ?>) Objects.requireNonNull(
                WriteJson.parse(bin.writes().bin().query(query, bin.writes().session()).toString()));
        assertThat(page.get("total")).isEqualTo(3);
        assertThat(page.get("hasMore")).isEqualTo(true);
        assertThat((List<?>) page.get("records")).extracting(record -> ((Map<?, ?>) record).get("name"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactly("Midway bin", "Alpha bin");
        assertThat(page.toString()).contains("deleted_by={id=").contains("name=Ada");
    }

    @Test
    void keepsTenantsApart() {
        Session other = bin.writes().session(TestingWrites.OTHER_TENANT);
        UUID id = bin.create("firms", values("name", "Ours"));
        bin.writes().delete("firms", id);
        assertThat(bin.writes().bin().query(Query.of("firms"), other).toString()).doesNotContain("Ours");
        assertThat(refusal(() -> bin.writes().bin().restore("firms", id, other)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> bin.writes().bin().purge("firms", id, other)).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);
    }

    @Test
    void removesForGoodWhatIsPurgedAndWhatIsOld() {
        UUID firm = bin.create("firms", values("name", "Purged"));
        UUID person = bin.create("people", values("name", "With it", "firm", firm.toString()));
        bin.writes().delete("firms", firm);
        bin.writes().bin().purge("firms", firm, bin.writes().session());
        assertThat(refusal(() -> bin.restore("people", person)).code()).isEqualTo(RuntimeError.RECORD_NOT_FOUND);
        assertThat(refusal(() -> bin.writes().bin().purge("firms", firm, bin.writes().session())).code())
                .isEqualTo(RuntimeError.RECORD_NOT_FOUND);

        UUID old = bin.create("firms", values("name", "Old"));
        UUID recent = bin.create("firms", values("name", "Recent"));
        bin.writes().delete("firms", old);
        bin.writes().delete("firms", recent);
        bin.writes()
                .platform("update platform.recycle_bin set deleted_at = now() - interval '31 days' where record_id = '"
                        + old + "' returning 1");
        new BinKeeper(bin.writes().databases().worker(),
                new RecycleBinProperties(Duration.ofDays(30), Duration.ofHours(1)))
                .purge();
        assertThat(bin.binned("firms", "name", "Old")).isEmpty();
        assertThat(bin.binned("firms", "name", "Recent")).hasSize(1);
        assertThat(refusal(() -> bin.writes().bin().empty("firms", bin.writes().session())).code())
                .isEqualTo(RuntimeError.PERMISSION_DENIED);
    }

    @Test
    void hasNoBinWhereItIsSwitchedOff() {
        UUID log = bin.create("logs", values("text", "x"));
        bin.writes().delete("logs", log);
        assertThat(bin.writes().platform("select count(*) from platform.recycle_bin where record_id = '" + log + "'"))
                .containsExactly("0");
        assertThat(refusal(() -> bin.restore("logs", log)).code()).isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
        assertThat(refusal(() -> bin.writes().bin().query(Query.of("logs"), bin.writes().session())).code())
                .isEqualTo(RuntimeError.RESOURCE_NOT_FOUND);
    }
}
