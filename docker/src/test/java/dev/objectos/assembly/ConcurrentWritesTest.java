package dev.objectos.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Many clients at the same records. */
@ExtendWith(SharedServer.class)
class ConcurrentWritesTest {

    private static final int CLIENTS = 50;
    private static final int ROUNDS = 5;

    private final ServerProcess server;

    ConcurrentWritesTest(SharedServer.Fixture fixture) {
        server = fixture.server();
    }

    @Test
    void ofManyUpdatesOfOneVersionExactlyOneWins() throws InterruptedException, ExecutionException {
        Answer created = server.post("/api/data/accounts", "{\"name\": \"Contended\"}");
        String path = "/api/data/accounts/" + created.id();

        for (int round = 1; round <= ROUNDS; round++) {
            long version = server.get(path).record().path("version").asLong();
            // No two rounds write the same value: an update that changes nothing wins without a new version.
            int first = round * CLIENTS;
            List<Answer> answers = Crowd.of(CLIENTS,
                    client -> server.patch(path, version, "{\"employees\": " + (first + client) + "}"));

            List<Integer> winners = IntStream.range(0, CLIENTS).filter(client -> answers.get(client).status() == 200)
                    .boxed().toList();
            assertThat(winners).as("winners of round %s", round).hasSize(1);
            assertThat(answers).filteredOn(answer -> answer.status() != 200).hasSize(CLIENTS - 1)
                    .allSatisfy(loser -> {
                        assertThat(loser.status()).isEqualTo(409);
                        assertThat(loser.code()).isEqualTo("CONCURRENT_UPDATE");
                        assertThat(loser.json().path("currentVersion").asLong()).isEqualTo(version + 1);
                    });
            assertThat(server.get(path).record().path("employees").asInt()).isEqualTo(first + winners.getFirst());
        }
    }

    @Test
    void numbersOfParallelCreatesHaveNoGapAndRefusedOnesUseNone() throws InterruptedException, ExecutionException {
        String account = server.post("/api/data/accounts", "{\"name\": \"Buys a lot\"}").id();
        String good = "{\"name\": \"Parallel\", \"account\": \"" + account + "\"}";
        String refusedByRule = "{\"name\": \"Refused\", \"account\": \"" + account
                + "\", \"expiration_date\": \"2001-01-01\"}";
        String refusedByReference = "{\"name\": \"Refused\", \"account\": \"00000000-0000-7000-8000-000000000000\"}";
        int before = number(server.post("/api/data/quotes", good));

        List<Answer> answers = Crowd.of(2 * CLIENTS, client -> server.post("/api/data/quotes",
                client % 2 == 0 ? good : client % 4 == 1 ? refusedByRule : refusedByReference));

        assertThat(answers).filteredOn(answer -> answer.status() == 400).hasSize(CLIENTS);
        assertThat(answers.stream().filter(answer -> answer.status() == 201).map(ConcurrentWritesTest::number))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(before + 1, before + CLIENTS).boxed().toList());
    }

    private static int number(Answer created) {
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        String number = created.record().path("number").asString();
        return Integer.parseInt(number.substring(number.lastIndexOf('-') + 1));
    }
}
