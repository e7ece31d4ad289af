package dev.objectos.runtime.plugin.added;

import dev.objectos.runtime.event.ChangeAction;
import dev.objectos.runtime.metadata.FieldDefinition;
import dev.objectos.runtime.metadata.ObjectDefinition;
import dev.objectos.runtime.session.Session;
import dev.objectos.runtime.spi.MutationDraft;
import dev.objectos.runtime.spi.MutationInterceptor;
import java.util.Comparator;
import java.util.List;

/** Stands in the write path for the interceptors of added plugins; they come after all that are built in. */
public final class AddedInterceptors implements MutationInterceptor {

    private static final int LAST = 1_000_000;

    private final Joined<MutationInterceptor> joined = new Joined<>(
            Comparator.comparingInt(MutationInterceptor::order));

    void join(String plugin, List<MutationInterceptor> brought) {
        joined.join(plugin, brought);
    }

    void leave(String plugin, List<MutationInterceptor> brought) {
        joined.leave(plugin, brought);
    }

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public boolean idle() {
        return joined.all().isEmpty();
    }

    @Override
    public boolean needsPrevious(ChangeAction action, ObjectDefinition object, Session session) {
        return joined.all().stream().anyMatch(interceptor -> interceptor.needsPrevious(action, object, session));
    }

    @Override
    public boolean needsPrevious(MutationDraft draft) {
        return joined.all().stream().anyMatch(interceptor -> interceptor.needsPrevious(draft));
    }

    @Override
    public boolean needsTransaction(MutationDraft draft) {
        return joined.all().stream().anyMatch(interceptor -> interceptor.needsTransaction(draft));
    }

    @Override
    public boolean copies(ObjectDefinition object, FieldDefinition field) {
        return joined.all().stream().allMatch(interceptor -> interceptor.copies(object, field));
    }

    @Override
    public void admit(MutationDraft draft) {
        joined.all().forEach(interceptor -> interceptor.admit(draft));
    }

    @Override
    public void before(MutationDraft draft) {
        joined.all().forEach(interceptor -> interceptor.before(draft));
    }
}
