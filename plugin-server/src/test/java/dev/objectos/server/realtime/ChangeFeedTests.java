package dev.objectos.server.realtime;

import static dev.objectos.server.realtime.TestingFeeds.Client.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.objectos.runtime.Eventually;
import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Operand;
import dev.objectos.runtime.query.Operator;
import dev.objectos.runtime.query.Predicate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever follows a result hears what becomes of it: while it changes, on every node, and where summaries change it. */
class ChangeFeedTests {

    private static final String ACCOUNTS = """
            name: accounts
            fields:
              name: {type: text}
              total: {type: summary, summary: {object: deals, field: amount, function: sum}}
              largest: {type: summary, summary: {object: deals, field: amount, function: max}}
            """;

    private static final String DEALS = """
            name: deals
            fields:
              stage: {type: text}
              region: {type: text}
              amount: {type: currency}
              account: {type: lookup, reference_to: accounts}
            """;

    /** Two fields decide, so that what was cannot be put together from one change and a row that is later. */
    private static final Predicate OPEN_IN_THE_NORTH = new Predicate.And(
            List.of(compare("stage", Operator.EQ, "open"), compare("region", Operator.EQ, "north")));

    private static TestingFeeds feeds;
    private static TestingFeeds.Node here;
    private static TestingFeeds.Node there;

    @BeforeAll
    static void open() {
        feeds = new TestingFeeds("change_feeds", ACCOUNTS, DEALS);
        here = feeds.node(true);
        there = feeds.node(false);
    }

    @AfterAll
    static void close() {
        feeds.close();
    }

    @AfterEach
    void disconnect() {
        feeds.disconnect();
    }

    @Test
    void tellsThatARecordHasLeftThatChangesAgainWhileItIsTold() {
        var client = here.client("deals", OPEN_IN_THE_NORTH, null);
        UUID deal = northern();
        client.until(deal);
        here.meanwhile(() -> update(deal, "region", "south"));
        update(deal, "stage", "won");
        Eventually.await(() -> client.told().contains(told(ChangeKind.LEFT, deal)));
        UUID last = northern();

        assertThat(client.until(last)).containsExactly(told(ChangeKind.CREATED, deal), told(ChangeKind.LEFT, deal),
                told(ChangeKind.CREATED, last));
    }

    @Test
    void tellsThatARecordIsGoneThatIsDeletedWhileItIsTold() {
        var client = here.client("deals", OPEN_IN_THE_NORTH, null);
        UUID deal = northern();
        client.until(deal);
        here.meanwhile(() -> feeds.writes().delete("deals", deal));
        update(deal, "stage", "won");
        Eventually.await(() -> client.told().contains(told(ChangeKind.DELETED, deal)));
        UUID last = northern();

        assertThat(client.until(last)).containsExactly(told(ChangeKind.CREATED, deal),
                told(ChangeKind.DELETED, deal), told(ChangeKind.CREATED, last));
    }

    @Test
    void doesNotTellThatARecordHasLeftThatComesBackWhileItIsTold() {
        var client = here.client("deals", OPEN_IN_THE_NORTH, null);
        UUID deal = northern();
        client.until(deal);
        here.meanwhile(() -> update(deal, "stage", "open"));
        update(deal, "stage", "won");
        Eventually.await(() -> client.told().contains(told(ChangeKind.UPDATED, deal)));
        UUID last = northern();

        assertThat(client.until(last)).startsWith(told(ChangeKind.CREATED, deal))
                .contains(told(ChangeKind.UPDATED, deal)).doesNotContain(told(ChangeKind.LEFT, deal))
                .endsWith(told(ChangeKind.CREATED, last));
    }

    @Test
    void tellsTheSameOnEveryNodeAndGoesOnOnAnother() {
        var one = here.client("deals", OPEN_IN_THE_NORTH, null);
        var other = there.client("deals", OPEN_IN_THE_NORTH, null);
        UUID first = northern();
        one.until(first);
        other.until(first);
        UUID second = northern();
        update(first, "region", "south");
        UUID last = northern();
        one.until(last);
        other.until(last);

        assertThat(other.told()).isEqualTo(one.told()).contains(told(ChangeKind.LEFT, first));
        assertThat(other.events()).extracting(ChangeEvent::position)
                .isEqualTo(one.events().stream().map(ChangeEvent::position).toList());

        var back = there.client("deals", OPEN_IN_THE_NORTH, one.events().getFirst().position());
        assertThat(back.until(last)).containsExactlyInAnyOrder(told(ChangeKind.CREATED, second),
                told(ChangeKind.LEFT, first), told(ChangeKind.CREATED, last));
        assertThat(back.ends()).isEmpty();
    }

    @Test
    void tellsThatARecordHasLeftThatChangesAgainWhileItIsCaughtUpWith() {
        var client = here.client("deals", OPEN_IN_THE_NORTH, null);
        UUID deal = northern();
        client.until(deal);
        long known = client.events().getLast().position();
        update(deal, "stage", "won");
        Eventually.await(() -> client.told().contains(told(ChangeKind.LEFT, deal)));
        here.meanwhile(() -> {
            update(deal, "region", "south");
            client.until(northern());
        });

        var back = here.client("deals", OPEN_IN_THE_NORTH, known);

        assertThat(back.until(northern())).contains(told(ChangeKind.LEFT, deal));
    }

    @Test
    void tellsWhatSeveralSubscriptionsHaveMissedInTheOrderOfTheChanges() {
        var client = here.client("deals", Predicate.ALWAYS, null);
        UUID first = northern();
        client.until(first);
        UUID account = feeds.writes().create("accounts", Map.of("name", "C")).id();
        UUID second = northern();
        UUID other = feeds.writes().create("accounts", Map.of("name", "D")).id();
        UUID last = northern();
        client.until(last);

        var back = here.client(List.of("accounts", "deals"), client.events().getFirst().position());

        assertThat(back.until(last)).containsExactly(told(ChangeKind.CREATED, account),
                told(ChangeKind.CREATED, second), told(ChangeKind.CREATED, other), told(ChangeKind.CREATED, last));
        assertThat(back.events()).as("each can be gone on from").allMatch(ChangeEvent::resumable);
    }

    @Test
    void tellsOfARecordWhoseSummariesHaveChanged() {
        UUID account = feeds.writes().create("accounts", Map.of("name", "A")).id();
        var client = here.client("accounts", compare("total", Operator.GT, 100), null);
        UUID deal = feeds.writes().create("deals", Map.of("amount", 150, "account", account)).id();
        Eventually.await(() -> client.told().contains(told(ChangeKind.UPDATED, account)));

        assertThat(String.valueOf(client.events().getFirst().record())).contains("\"total\":150")
                .contains("\"largest\":150");
        assertThat(client.events().getFirst().version()).isEqualTo(1);

        feeds.writes().delete("deals", deal);
        Eventually.await(() -> client.told().contains(told(ChangeKind.LEFT, account)));
        Eventually.await(() -> feeds.events().stream().anyMatch(event -> event.change().record().equals(deal)
                && event.change().action() == ChangeAction.DELETE));
        assertThat(feeds.events()).filteredOn(event -> event.change().record().equals(account))
                .extracting(event -> event.change().action().word()).as("what is no event").containsExactly("create");
    }

    @Test
    void tellsNothingOfASummaryThatStaysAsItIs() {
        UUID account = feeds.writes().create("accounts", Map.of("name", "B")).id();
        var client = here.client("accounts", compare("name", Operator.EQ, "B"), null);
        UUID deal = feeds.writes().create("deals", Map.of("amount", 5, "account", account)).id();
        Eventually.await(() -> client.told().contains(told(ChangeKind.UPDATED, account)));
        int told = client.told().size();
        update(deal, "stage", "won");
        UUID last = feeds.writes().create("accounts", Map.of("name", "B")).id();

        assertThat(client.until(last)).hasSize(told + 1);
    }

    private static UUID northern() {
        return feeds.writes().create("deals", Map.of("stage", "open", "region", "north")).id();
    }

    private static void update(UUID deal, String field, String value) {
        feeds.writes().update("deals", deal, Map.of(field, value));
    }

    private static Predicate compare(String field, Operator operator, Object value) {
        return new Predicate.Comparison(FieldPath.of(field), operator, new Operand.Literal(value));
    }
}
