package dev.objectos.server.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.objectos.runtime.PlatformException;
import dev.objectos.runtime.metadata.FieldPath;
import dev.objectos.runtime.query.Predicate;
import dev.objectos.server.TestingCatalog;
import dev.objectos.server.query.UrlParameters;
import dev.objectos.server.realtime.SubscriptionParser.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients ask to hear of. */
class SubscriptionParserTests {

    private final SubscriptionParser parser = new SubscriptionParser(TestingCatalog.catalog());

    @Test
    void readsSeveralObjectsWithAFilterEach() {
        List<Named> wanted = parse("object=contacts&filter=" + encoded("{\"status\":\"active\"}")
                + "&object=users&filter=&actions=created,deleted&fields=email");

        assertThat(wanted).extracting(Named::name).containsExactly("1", "2");
        assertThat(wanted.getFirst().subscription().query().where()).isInstanceOf(Predicate.Comparison.class);
        assertThat(wanted.getLast().subscription().query().object()).isEqualTo("user");
        assertThat(wanted.getLast().subscription().query().where()).isEqualTo(Predicate.ALWAYS);
        assertThat(wanted).extracting(named -> named.subscription().kinds()).allMatch(
                kinds -> kinds.size() == 2 && kinds.contains(ChangeKind.CREATED) && kinds.contains(ChangeKind.DELETED));
        assertThat(wanted.getLast().subscription().query().fields()).as("an event names its record")
                .containsExactly(FieldPath.of("id"), FieldPath.of("email"));
    }

    @Test
    void readsAListOfSubscriptions() {
        List<Named> wanted = parse("subscriptions=" + encoded("""
                [{"object": "contacts", "id": "mine", "where": {"vip": true}, "actions": ["left"]},
                 {"object": "accounts"}]"""));
        assertThat(wanted).extracting(Named::name).containsExactly("mine", "2");
        assertThat(wanted.getFirst().subscription().kinds()).containsExactly(ChangeKind.LEFT);
        assertThat(wanted.getLast().subscription().kinds()).hasSize(ChangeKind.values().length);
    }

    @Test
    void refusesWhatItWouldHaveToIgnore() {
        for (String query : List.of("", "object=contacts&subscriptions=[]", "object=contacts&other=1",
                "object=contacts&object=accounts&object=notes&filter={}&filter={}",
                "object=contacts&actions=renamed",
                "subscriptions=" + encoded("[{\"object\":\"contacts\",\"limit\":1}]"), "subscriptions={}",
                "object=contacts&filter=" + encoded("{\"status\":{\"$nope\":1}}"), "object=vault", "object=nothing")) {
            assertThatThrownBy(() -> parse(query)).as(query).isInstanceOf(PlatformException.class);
        }
    }

    @Test
    void takesAPositionThatWasGivenAndNoOther() {
        assertThat(SubscriptionParser.position("42")).isEqualTo(42);
        assertThat(SubscriptionParser.position(" ")).isNull();
        assertThatThrownBy(() -> SubscriptionParser.position("-1")).isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> SubscriptionParser.position("12345678901234567890"))
                .isInstanceOf(PlatformException.class);
    }

    private List<Named> parse(String query) {
        return parser.parse(UrlParameters.repeated(query.replace("{", "%7B").replace("}", "%7D")), null);
    }

    private static String encoded(String json) {
        return URLEncoder.encode(json, StandardCharsets.UTF_8);
    }
}
