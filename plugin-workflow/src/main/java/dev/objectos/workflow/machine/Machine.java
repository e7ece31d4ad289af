package dev.objectos.workflow.machine;

import dev.objectos.workflow.definition.CompiledWorkflow;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledState;
import dev.objectos.workflow.definition.CompiledWorkflow.CompiledTransition;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.statemachine.StateContext;
import org.springframework.statemachine.StateMachine;
import org.springframework.statemachine.action.Action;
import org.springframework.statemachine.config.StateMachineBuilder;
import org.springframework.statemachine.config.configurers.StateConfigurer;
import org.springframework.statemachine.guard.Guard;
import org.springframework.statemachine.support.DefaultStateMachineContext;
import reactor.core.publisher.Mono;

/**
 * A compiled workflow that records run through. It holds no record: each is put where it stands before its transition. A
 * state machine serves one record at a time, so there are as many as records were under way at once, each built once.
 */
public final class Machine {

    private static final String JOURNEY = "journey";

    /** State machines that are kept when many records were under way at once. */
    private static final int KEPT = 64;

    private final CompiledWorkflow workflow;
    private final ConcurrentLinkedQueue<StateMachine<String, String>> idle = new ConcurrentLinkedQueue<>();
    private final AtomicInteger kept = new AtomicInteger();

    public Machine(CompiledWorkflow workflow) {
        this.workflow = workflow;
    }

    public CompiledWorkflow workflow() {
        return workflow;
    }

    /**
     * Puts a record into its state and sends it on its way. What the journey throws is thrown here.
     *
     * @param from name of the state that it is in
     * @param transition name of the transition
     * @return name of the state that it is in afterwards; null where it has not moved, because there is no such transition
     *         there, or because a guard did not let it pass
     */
    public @Nullable String fire(String from, String transition, Journey journey) {
        StateMachine<String, String> machine = take();
        var travel = new Travel(journey);
        machine.getStateMachineAccessor().doWithRegion(access -> access
                .resetStateMachineReactively(new DefaultStateMachineContext<>(from, null, null, null)).block());
        machine.sendEvent(Mono.just(MessageBuilder.withPayload(transition).setHeader(JOURNEY, travel).build()))
                .blockLast();
        String to = machine.getState() == null ? null : machine.getState().getId();
        if (travel.failure != null) {
            // A machine whose step has failed is not used again: it may have stopped half way.
            throw travel.failure;
        }
        giveBack(machine);
        return travel.taken ? Objects.requireNonNull(to, "the machine has stopped") : null;
    }

    private StateMachine<String, String> take() {
        StateMachine<String, String> machine = idle.poll();
        if (machine != null) {
            kept.decrementAndGet();
            return machine;
        }
        machine = build();
        machine.startReactively().block();
        return machine;
    }

    private void giveBack(StateMachine<String, String> machine) {
        if (kept.incrementAndGet() <= KEPT) {
            idle.add(machine);
        } else {
            kept.decrementAndGet();
        }
    }

    private StateMachine<String, String> build() {
        var builder = StateMachineBuilder.<String, String>builder();
        try {
            StateConfigurer<String, String> states = builder.configureStates().withStates()
                    .initial(workflow.definition().initial());
            for (CompiledState state : workflow.states().values()) {
                states.state(state.state().name(), telling((journey, _) -> journey.enters(state)),
                        telling((journey, _) -> journey.leaves(state)));
            }
            for (CompiledState state : workflow.states().values()) {
                for (CompiledTransition transition : state.transitions().values()) {
                    builder.configureTransitions().withExternal().source(state.state().name())
                            .target(transition.transition().target()).event(transition.transition().name())
                            .guard(asking((journey, _) -> journey.passes(transition)))
                            .action(telling((journey, travel) -> {
                                travel.taken = true;
                                journey.takes(transition);
                            }));
                }
            }
            return builder.build();
        } catch (Exception e) { // the builder's own signature
            throw new IllegalStateException("The workflow " + workflow.definition().name() + " cannot be built", e);
        }
    }

    private static Action<String, String> telling(BiConsumer<Journey, Travel> step) {
        return context -> {
            Travel travel = travel(context);
            if (travel != null && travel.failure == null) {
                try {
                    step.accept(travel.journey, travel);
                } catch (RuntimeException e) {
                    travel.failure = e;
                }
            }
        };
    }

    private static Guard<String, String> asking(BiPredicate<Journey, Travel> question) {
        return context -> {
            Travel travel = travel(context);
            if (travel == null) {
                return false;
            }
            try {
                return question.test(travel.journey, travel);
            } catch (RuntimeException e) {
                travel.failure = e;
                return false;
            }
        };
    }

    /** Null when the machine starts, which is no journey of a record. */
    private static @Nullable Travel travel(StateContext<String, String> context) {
        return (Travel) context.getMessageHeader(JOURNEY);
    }

    /** A journey, and how it goes. */
    private static final class Travel {

        private final Journey journey;
        private boolean taken;
        private @Nullable RuntimeException failure;

        Travel(Journey journey) {
            this.journey = journey;
        }
    }
}
