package dev.objectos.runtime.pipeline;

import static dev.objectos.runtime.pipeline.TestingWrites.parse;
import static dev.objectos.runtime.pipeline.TestingWrites.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.RunsBesideOthers;
import dev.objectos.runtime.RuntimeError;
import dev.objectos.runtime.query.RecordDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Summaries, deletions with what goes with them, and numbers without gaps. */
@RunsBesideOthers
class DependentWritesTest {

    private static final String[] OBJECTS = {"""
            name: regions
            fields:
              name: {type: text}
              total: {type: summary, summary: {object: accounts, field: deal_total, function: sum}}
            """, """
            name: accounts
            fields:
              name: {type: text}
              region: {type: lookup, reference_to: regions, on_delete: set_null}
              deals: {type: summary, summary: {object: deals, function: count}}
              deal_total: {type: summary, summary: {object: deals, field: amount, function: sum}}
              smallest: {type: summary, summary: {object: deals, field: amount, function: min}}
              largest: {type: summary, summary: {object: deals, field: amount, function: max}}
              average: {type: summary, summary: {object: deals, field: amount, function: avg}}
              open_deals: {type: summary, summary: {object: deals, function: count, filter: "record.stage == 'open'"}}
              weighted: {type: summary, summary: {object: deals, field: weight, function: sum}}
            """, """
            name: deals
            fields:
              name: {type: text}
              amount: {type: currency}
              stage: {type: select, options: [open, won], default: open}
              weight: {type: formula, expression: "record.amount * 2", return_type: number}
              account: {type: lookup, reference_to: accounts, on_delete: cascade}
            """, """
            name: notes
            fields:
              text: {type: text}
              deal: {type: lookup, reference_to: deals, on_delete: cascade}
              related: {type: lookup, reference_to: deals, multiple: true}
              about: {type: lookup, reference_to: accounts, on_delete: set_null}
            """, """
            name: contracts
            fields:
              deal: {type: lookup, reference_to: deals, on_delete: restrict}
            """, """
            name: categories
            fields:
              name: {type: text}
              parent: {type: lookup, reference_to: categories, on_delete: cascade}
            """, """
            name: invoices
            fields:
              number: {type: autonumber, format: "INV-{YYYY}-{0000}"}
              code: {type: text, unique: true}
              title: {type: text, required: true}
            """};

    private static TestingWrites writes;

    @BeforeAll
    static void publish() {
        writes = TestingWrites.of("write_dependent", OBJECTS);
    }

    @AfterAll
    static void close() {
        writes.close();
    }

    @Test
    void keepsSummariesRightAfterEveryKindOfChange() {
        var region = writes.create("regions", values("name", "North")).id();
        var first = writes.create("accounts", values("name", "A", "region", region.toString())).id();
        var second = writes.create("accounts", values("name", "B")).id();
        assertThat(summaries(first)).isEqualTo("0/0/null/null/null/0/0");
        var small = deal(first, 10);
        var large = deal(first, 30);
        assertThat(summaries(first)).isEqualTo("2/40/10/30/20/2/80");
        writes.update("deals", small, values("amount", 20, "stage", "won"));
        assertThat(summaries(first)).isEqualTo("2/50/20/30/25/1/100");
        assertThat(total(region)).isEqualTo("50");
        writes.update("deals", large, values("account", second.toString()));
        assertThat(summaries(first)).isEqualTo("1/20/20/20/20/0/40");
        assertThat(summaries(second)).isEqualTo("1/30/30/30/30/1/60");
        writes.delete("deals", small);
        assertThat(summaries(first)).isEqualTo("0/0/null/null/null/0/0");
        writes.update("accounts", second, values("region", region.toString()));
        assertThat(total(region)).isEqualTo("30");
        writes.delete("accounts", second);
        assertThat(total(region)).isEqualTo("0");
        assertThat(writes.row("accounts", first)).containsEntry("version", 1);
    }

    @Test
    void losesNoChildOfManyWritersAtOnce() throws Exception {
        var account = writes.create("accounts", values("name", "Busy")).id();
        var other = writes.create("accounts", values("name", "Other")).id();
        var tasks = new ArrayList<Callable<?>>();
        for (int i = 0; i < 12; i++) {
            tasks.add(() -> {
                for (int j = 0; j < 40; j++) {
                    UUID deal = deal(j % 5 == 0 ? other : account, j);
                    switch (ThreadLocalRandom.current().nextInt(4)) {
                        case 0 -> writes.update("deals", deal, values("amount", 100 + j));
                        case 1 -> writes.update("deals", deal, values("account", other.toString()));
                        case 2 -> writes.delete("deals", deal);
                        default -> writes.update("deals", deal, values("stage", "won"));
                    }
                }
                return "done";
            });
        }
        assertThat(TestingWrites.together(tasks)).allMatch("done"::equals);
        for (UUID id : List.of(account, other)) {
            assertThat(summaries(id)).isEqualTo(writes
                    .one("""
                            select count(*) || '/' || coalesce(sum(amount), 0) || '/' || coalesce(min(amount)::text, 'null') || '/'
                                || coalesce(max(amount)::text, 'null') || '/' || trim_scale(avg(amount)) || '/'
                                || count(*) filter (where stage = 'open') || '/' || coalesce(sum(amount), 0) * 2
                            from data.deals where account = '%s'"""
                            .formatted(id)));
        }
    }

    @Test
    void takesAlongEmptiesAndTellsOfEach() {
        var account = writes.create("accounts", values("name", "Gone")).id();
        var deal = deal(account, 5);
        var kept = deal(writes.create("accounts", values("name", "Stays")).id(), 6);
        var note = writes.create("notes", values("text", "on deal", "deal", deal.toString())).id();
        var mention = writes.create("notes", values("text", "mentions", "related",
                List.of(deal.toString(), kept.toString()), "about", account.toString())).id();
        writes.delete("accounts", account);
        assertThat(writes.number("select count(*) from data.deals where id = '" + deal + "'")).isZero();
        assertThat(writes.number("select count(*) from data.notes where id = '" + note + "'")).isZero();
        assertThat(writes.row("notes", mention)).containsEntry("about", null)
                .containsEntry("related", List.of(kept.toString())).containsEntry("version", 2);
        assertThat(writes.platform("select object || ' ' || action from platform.outbox where action <> 'summary' "
                + "and record_id in ('" + account
                + "','" + deal + "','" + note + "','" + mention + "') and action <> 'create' order by 1"))
                .containsExactly("accounts delete", "deals delete", "notes delete", "notes update");
    }

    @Test
    void refusesToDeleteWhatOthersNeed() {
        var account = writes.create("accounts", values("name", "Needed")).id();
        var deal = deal(account, 5);
        writes.create("contracts", values("deal", deal.toString()));
        PlatformException refusal = refusal(() -> writes.delete("accounts", account));
        assertThat(refusal.code()).isEqualTo(RuntimeError.DELETE_RESTRICTED);
        assertThat(refusal.members()).containsEntry("restrictedBy", "contracts").containsEntry("count", 1L);
        assertThat(writes.row("deals", deal)).containsEntry("amount", 5);
        assertThat(summaries(account)).startsWith("1/5/");
    }

    @Test
    void deletesCirclesAndTrees() {
        var root = writes.create("categories", values("name", "root")).id();
        var child = writes.create("categories", values("name", "child", "parent", root.toString())).id();
        var leaf = writes.create("categories", values("name", "leaf", "parent", child.toString())).id();
        writes.update("categories", root, values("parent", leaf.toString()));
        writes.delete("categories", child);
        assertThat(writes.number("select count(*) from data.categories")).isZero();
    }

    @Test
    void forgetsADeletedUser() {
        var user = writes.create("user", values("name", "Bob", "email", "bob@example.com")).id();
        var id = writes.create("notes", values("text", "Bob's", "owner", user.toString())).id();
        writes.delete("user", user);
        assertThat(writes.row("notes", id)).containsEntry("owner", null).containsEntry("version", 2);
    }

    @Test
    void numbersWithoutGapsWhoeverComesAtOnceAndWhateverIsRefused() throws Exception {
        writes.create("invoices", values("title", "first", "code", "taken"));
        var tasks = new ArrayList<Callable<?>>();
        for (int i = 0; i < 75; i++) {
            Map<String, Object> values = switch (i % 3) {
                case 0 -> Map.of("title", "good " + i);
                case 1 -> Map.of("title", "good " + i, "code", "c" + i);
                default -> Map.of("title", "bad " + i, "code", "taken");
            };
            tasks.add(() -> writes.create("invoices", values));
        }
        List<Object> results = TestingWrites.together(tasks);
        assertThat(results.stream().filter(RecordDocument.class::isInstance)).hasSize(50);
        assertThat(refusal(() -> writes.create("invoices", Map.of())).code())
                .isEqualTo(RuntimeError.VALIDATION_FAILED);
        String year = writes.one("select to_char(now() at time zone 'UTC', 'YYYY')");
        List<String> numbers = writes.all("select number from data.invoices order by number");
        assertThat(numbers).hasSize(51).doesNotHaveDuplicates();
        assertThat(numbers.getFirst()).isEqualTo("INV-" + year + "-0001");
        assertThat(numbers.getLast()).isEqualTo("INV-" + year + "-0051");
        assertThat(parse(writes.create("invoices", values("title", "next")))).containsEntry("number",
                "INV-" + year + "-0052");
    }

    private static UUID deal(UUID account, int amount) {
        return writes.create("deals", values("name", "d", "amount", amount, "account", account.toString())).id();
    }

    private static String summaries(UUID account) {
        return writes
                .one("""
                        select concat_ws('/', deals, trim_scale(deal_total), coalesce(trim_scale(smallest)::text, 'null'),
                            coalesce(trim_scale(largest)::text, 'null'), coalesce(trim_scale(average)::text, 'null'), open_deals,
                            trim_scale(weighted))
                        from data.accounts where id = '%s'"""
                        .formatted(account));
    }

    private static String total(UUID region) {
        return writes.one("select trim_scale(total) from data.regions where id = '" + region + "'");
    }

    private static PlatformException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        PlatformException refusal = catchThrowableOfType(PlatformException.class, call);
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal;
    }
}
