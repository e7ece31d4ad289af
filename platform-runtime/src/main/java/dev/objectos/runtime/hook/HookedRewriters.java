package dev.objectos.runtime.hook;

import dev.objectos.runtime.spi.QueryRewriter;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rewriters that come with the server, and those that stand for hooks at the moment. */
public final class HookedRewriters implements Supplier<List<QueryRewriter>> {

    private final List<QueryRewriter> builtIn;
    private final Hooks hooks;
    private volatile Together together;

    /** A list that serves for as long as the same hooks take part. */
    private record Together(List<FindHookRewriter> hooks, List<QueryRewriter> all) {}

    public HookedRewriters(List<QueryRewriter> builtIn, Hooks hooks) {
        this.builtIn = List.copyOf(builtIn);
        this.hooks = hooks;
        this.together = new Together(List.of(), this.builtIn);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // another list means other hooks, and is compared with each read
    public List<QueryRewriter> get() {
        List<FindHookRewriter> now = hooks.finds();
        Together known = together;
        if (known.hooks() == now || known.hooks().isEmpty() && now.isEmpty()) {
            return known.all();
        }
        var fresh = new Together(now, Stream.concat(builtIn.stream(), now.stream()).toList());
        together = fresh;
        return fresh.all();
    }
}
