package dev.objectos.runtime.event.delivery;

import dev.objectos.runtime.event.EventFilter;
import dev.objectos.runtime.event.RecordEvent;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.EventSubscriber;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A subscriber that remembers what it hears, and then does what it is told to. */
final class HeardEvents implements EventSubscriber {

    private final String name;
    private final EventFilter filter;
    private final Reaction reaction;
    private final List<RecordEvent> heard = new CopyOnWriteArrayList<>();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();

    HeardEvents(String name) {
        this(name, EventFilter.EVERYTHING, _ -> {});
    }

    HeardEvents(String name, Reaction reaction) {
        this(name, EventFilter.EVERYTHING, reaction);
    }

    HeardEvents(String name, EventFilter filter, Reaction reaction) {
        this.name = name;
        this.filter = filter;
        this.reaction = reaction;
    }

    /** What happens in the handler. */
    interface Reaction {

        void to(RecordEvent event) throws Exception;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public EventFilter filter() {
        return filter;
    }

    @Override
    public void handle(RecordEvent event, Session session) throws Exception {
        heard.add(event);
        sessions.add(session);
        reaction.to(event);
    }

    List<RecordEvent> heard() {
        return List.copyOf(heard);
    }

    List<Session> sessions() {
        return List.copyOf(sessions);
    }

    /** Versions in the order in which they were heard. */
    List<Long> versionsOf(int record) {
        UUID id = record(record);
        return heard().stream().filter(event -> event.change().record().equals(id))
                .map(event -> event.change().version()).toList();
    }

    /** The number that {@link TestingEvents#emit} gave the record. */
    static int number(RecordEvent event) {
        return Integer.parseInt(event.change().record().toString().replace("-", ""));
    }

    static UUID record(int number) {
        String digits = "%032d".formatted(number);
        return UUID.fromString(digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5"));
    }
}
